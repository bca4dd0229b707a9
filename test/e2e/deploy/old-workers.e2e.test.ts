import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type MonitoredMigration, startMonitored } from './monitored-migration.ts';

const bed = inject('bed');
let migration: MonitoredMigration;

beforeAll(async () => {
  // Before 3.5 the clients of MirrorMaker 2 have no names, and before 4.0 copies do not say their source.
  migration = await startMonitored(bed, '3.4.1');
});

afterAll(() => migration?.stop());

describe('the JMX rules on an old worker', () => {
  it('give each copy its target, topic and partition', async () => {
    const labels = await labelsOf(
      'kafka_connect_mirror_source_connector_record_count',
      ({ topic }) => topic === onTarget(),
    );
    expect(labels).toEqual({ target: 'target', topic: onTarget(), partition: expect.stringMatching(/^[01]$/) });
  });

  it('give each checkpoint its source, target, group, topic and partition', async () => {
    const labels = await labelsOf('kafka_connect_mirror_checkpoint_connector_checkpoint_latency_ms', () => true);
    expect(labels).toEqual({
      source: migration.mm2.sourceAlias,
      target: 'target',
      group: migration.groupId,
      topic: onTarget(),
      partition: '0',
    });
  });

  it('give the lag of the topic that is read', async () => {
    const labels = await labelsOf(
      'kafka_consumer_fetch_manager_records_lag',
      ({ topic }) => topic?.includes('orders') === true,
    );
    expect(labels).toMatchObject({ topic: migration.topic.replaceAll('.', '_') });
  });

  it('give the states of connectors and tasks', async () => {
    const isFailed = ({ status }: Labels) => status === 'failed';
    expect(await labelsOf('kafka_connect_connector_status', isFailed)).toEqual({
      connector: migration.failed,
      status: 'failed',
    });
    expect(await labelsOf('kafka_connect_connector_task_status', isFailed)).toEqual({
      connector: migration.withFailedTask,
      task: '0',
      status: 'failed',
    });
  });
});

type Labels = Readonly<Record<string, string>>;

/** Of the first line of this name that fits, once there is one. */
function labelsOf(name: string, fits: (labels: Labels) => boolean): Promise<Labels> {
  const look = async () => {
    const text = await (await fetch(`http://${migration.exporter}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
    const found = lines.map(parsedLabels).find(fits);
    return found === undefined ? { seen: lines.join('\n') } : { done: found };
  };
  return waitFor(`a line of ${name}`, look, { timeoutMs: 240_000, intervalMs: 1_000 });
}

function parsedLabels(line: string): Labels {
  return Object.fromEntries([...line.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}

function onTarget(): string {
  return `${migration.mm2.sourceAlias}.${migration.topic}`;
}

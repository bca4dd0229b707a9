import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import type { ReportInputs } from '../../../src/inputs/typed-inputs.ts';
import { runCommand } from '../../../src/run/run-command.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { patterns, plaintext, runInputs } from '../../support/run-inputs.ts';
import {
  type Asked,
  alertOperands,
  expressionsBy,
  panelExpressions,
  recordingExpressions,
  rules,
  variableQueries,
} from './expressions.ts';
import { type MonitoredMigration, startMonitored } from './monitored-migration.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';
import { startPushgateway } from './pushgateway.ts';

const bed = inject('bed');
const PATIENCE = { timeoutMs: 240_000, intervalMs: 1_000 };
const running: { stop(): Promise<void> }[] = [];
let migration: MonitoredMigration;
let prometheus: Prometheus;

beforeAll(async () => {
  migration = await startMonitored(bed);
  running.push(migration);
  const pushgateway = await startPushgateway();
  running.push(pushgateway);
  prometheus = await startPrometheus({ 'kafka-connect': migration.exporter, action: pushgateway.address });
  running.push(prometheus);
  await waitForSeries(prometheus, [{ where: 'group', expression: ofOurGroup() }]);
  await runOurs('sync', { metricsPushgateway: `http://${pushgateway.address}` });
  await putFile(pushgateway.address, 'check', await metricsFileOf('check'));
});

afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
});

describe('a dashboard and rules with MirrorMaker 2 at work', () => {
  it('has data in every expression of every panel', async () => {
    const found = await waitForSeries(prometheus, panelExpressions());
    console.log(found.map(({ where, expression, series }) => `${where} | ${expression} | ${series}`).join('\n'));
  });

  it('has data behind every rule', async () => {
    const found = await waitForSeries(prometheus, [...recordingExpressions(), ...alertOperands()]);
    console.log(found.map(({ where, expression, series }) => `${where} | ${expression} | ${series}`).join('\n'));
  });

  it('evaluates every rule without an error', async () => {
    const evaluated = async () => {
      const states = await prometheus.rules();
      const waiting = states.filter(({ health }) => health === 'unknown');
      return waiting.length === 0 ? { done: states } : { seen: waiting.map(({ name }) => name).join() };
    };
    const states = await waitFor('every rule to be evaluated', evaluated, PATIENCE);
    expect(states).toHaveLength(rules('recording').length + rules('alerts').length);
    expect(states.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('raises the critical alerts of what is in trouble, and of nothing else', async () => {
    const raised = async () => {
      const critical = (await prometheus.rules()).filter(({ labels }) => labels['severity'] === 'critical');
      const names = critical.filter(({ state }) => state === 'pending' || state === 'firing').map(({ name }) => name);
      const connectorsOf = async (alert: string) => {
        const found = await prometheus.query(`ALERTS{alertname="${alert}"}`);
        return [alert, found.map(({ labels }) => labels['connector'])] as const;
      };
      return Object.fromEntries(await Promise.all(names.map(connectorsOf)));
    };
    await untilSeen(raised).toEqual({
      ConnectorFailed: [migration.failed],
      ConnectorTaskFailed: [migration.withFailedTask],
      ConnectorWithoutTasks: [migration.withoutTask],
    });
  });

  it('knows the last run of each command, pushed by the action or from its file', async () => {
    const lastRuns = async () => {
      const runs = await prometheus.query('max by (label, command) (mm2_run_finished_timestamp_seconds)');
      return runs.map(({ labels }) => labels).sort((a, b) => (a['command'] ?? '').localeCompare(b['command'] ?? ''));
    };
    await untilSeen(lastRuns).toEqual([
      { label: 'watched', command: 'check' },
      { label: 'watched', command: 'sync' },
    ]);
  });

  it('offers values for every variable of the dashboard', async () => {
    const offered = async () => {
      const values = variableQueries().map(async ({ name, label, selector }) => {
        return [name, await prometheus.labelValues(label, selector)] as const;
      });
      return Object.fromEntries(await Promise.all(values));
    };
    await untilSeen(offered).toMatchObject({
      cluster: ['migration'],
      connector: expect.arrayContaining([`${migration.mm2.name}-source`]),
      topic: expect.arrayContaining([onTarget(), `${migration.mm2.name}.heartbeats`]),
      group: [migration.groupId],
      label: ['watched'],
    });
  });

  it.each(['topic', 'group'] as const)(
    'shows a chosen %s, and no other, in every panel that it filters',
    async (name) => {
      const value = name === 'topic' ? onTarget() : migration.groupId;
      const asked = expressionsBy(name, value);
      expect(asked.length).toBeGreaterThan(5);
      await waitForSeries(prometheus, asked);
      const names = async () => {
        const shown = await Promise.all(asked.map(({ expression }) => prometheus.query(expression)));
        return new Set(shown.flat().flatMap(({ labels }) => labels[name] ?? []));
      };
      // Lag is read on the source, where the topic has its own name.
      await untilSeen(names).toEqual(new Set(name === 'topic' ? [value, migration.topic] : [value]));
    },
  );
});

describe('labels', () => {
  it('say source, target, topic and partition of each copy', async () => {
    const copies = async () => {
      const name = 'kafka_connect_mirror_source_connector_record_count';
      const found = await prometheus.query(`${name}{topic="${onTarget()}"}`);
      return found.map(({ labels }) => [labels['source'], labels['target'], labels['partition']]).sort();
    };
    const { sourceAlias } = migration.mm2;
    await untilSeen(copies).toEqual([
      [sourceAlias, 'target', '0'],
      [sourceAlias, 'target', '1'],
    ]);
  });

  it('say the group of a checkpoint as Kafka names it, though JMX quotes it', async () => {
    await untilSeen(async () => (await prometheus.query(ofOurGroup()))[0]?.labels).toMatchObject({
      source: migration.mm2.sourceAlias,
      target: 'target',
      group: migration.groupId,
      topic: onTarget(),
      partition: '0',
    });
  });

  it('count a topic with dots once, though consumers name it twice', async () => {
    const ofSource = `{connector="${migration.mm2.name}-source"}`;
    const named = async () => {
      const raw = await prometheus.query(`kafka_consumer_fetch_manager_records_lag${ofSource}`);
      return raw.map(({ labels }) => labels['topic']);
    };
    await untilSeen(named).toContain(migration.topic.replaceAll('.', '_'));
    let topics: readonly (readonly (string | undefined)[])[] = [];
    const counted = async () => {
      const found = await prometheus.query(`mm2:record_lag:topic${ofSource}`);
      topics = found.map(({ labels }) => [labels['topic'], labels['topic_on_target']]);
      return topics;
    };
    await untilSeen(counted).toContainEqual([migration.topic, onTarget()]);
    expect(topics.map(([topic]) => topic)).not.toContain(migration.topic.replaceAll('.', '_'));
  });
});

/** A scrape that a slow target did not answer in time leaves a gap, in which nothing is seen. */
function untilSeen<T>(look: () => Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE.timeoutMs, interval: PATIENCE.intervalMs });
}

interface Found extends Asked {
  readonly series: number;
}

/** Each gets a value that is a number, within a deadline for all of them together. */
async function waitForSeries(from: Prometheus, asked: readonly Asked[]): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  const look = async () => {
    for (const one of asked.filter(({ where }) => !found.has(where))) {
      const series = (await from.query(one.expression)).filter(({ value }) => Number.isFinite(value)).length;
      if (series > 0) found.set(one.where, { ...one, series });
    }
    const missing = asked.filter(({ where }) => !found.has(where));
    if (missing.length > 0)
      return { seen: missing.map(({ where, expression }) => `${where}: ${expression}`).join('\n') };
    return { done: [...found.values()] };
  };
  return waitFor('data in every expression', look, PATIENCE);
}

function onTarget(): string {
  return `${migration.mm2.sourceAlias}.${migration.topic}`;
}

function ofOurGroup(): string {
  return `kafka_connect_mirror_checkpoint_connector_checkpoint_latency_ms{source="${migration.mm2.sourceAlias}"}`;
}

/** What the command writes to its metrics-file. */
async function metricsFileOf(command: 'sync' | 'check'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-metrics-'));
  try {
    await runOurs(command, { metricsFile: join(folder, 'run.prom') });
    return await readFile(join(folder, 'run.prom'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOurs(
  command: 'sync' | 'check',
  metrics: Partial<Pick<ReportInputs, 'metricsFile' | 'metricsPushgateway'>>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-report-'));
  const { topics = '', groups = '', sourceAlias = '' } = migration.mm2;
  const inputs = runInputs(folder, {
    command,
    source: plaintext(bed.source.bootstrapServers),
    target: plaintext(bed.target.bootstrapServers),
    replication: { sourceAlias },
    selection: { topics: patterns(topics), groups: patterns(groups) },
    translation: { mode: 'exact' },
  });
  const report = { ...inputs.report, label: 'watched', ...metrics };
  const log = { stage: () => {}, info: () => {}, warn: () => {}, debug: () => {} };
  const signal = new AbortController().signal;
  try {
    const host = { log, clock: systemClock, signal, proxy: null, workingFolder: folder };
    const { findings } = await runCommand({ ...inputs, report }, host);
    expect(findings.filter(({ rule }) => rule === 'metrics-unwritable')).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the README of deploy/grafana does with curl. */
async function putFile(address: string, command: string, metrics: string): Promise<void> {
  const url = `http://${address}/metrics/job/kafka-mm2-migration/label/watched/command/${command}`;
  const response = await fetch(url, { method: 'PUT', body: metrics });
  if (!response.ok) throw new Error(`The Pushgateway refused the metrics of ${command}: ${await response.text()}`);
}

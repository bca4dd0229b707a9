/** Ten migrations on one worker: each scheme once as the source's and once as the target's, beside another one. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ConnectedCluster } from '../../../src/adapters/kafka/cluster.ts';
import { decodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import { decodeHeartbeat } from '../../../src/domain/checkpoints/heartbeat-format.ts';
import { generateConnectors } from '../../../src/domain/connectors/generate/generate-connectors.ts';
import type { LogRecord } from '../../../src/operations/ports.ts';
import { readConnect } from '../../../src/testbed/connect-rest.ts';
import { commitGroupOffsets, committedOffsets } from '../../../src/testbed/groups.ts';
import { putConnectors } from '../../../src/testbed/mm2.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { FLOW_SCHEMES, type FlowPolicy, type FlowScheme, flowFacts, oauthBearer } from './flow-facts.ts';
import { openTarget, untilRead } from './flow-reader.ts';
import { printedRecords } from './printed-records.ts';

interface Flow {
  readonly name: string;
  readonly source: FlowScheme;
  readonly target: FlowScheme;
  readonly policy: FlowPolicy;
  readonly topic: string;
  readonly groupId: string;
  /** On the target. */
  readonly copy: string;
  readonly heartbeats: string;
}

const POLICIES: readonly FlowPolicy[] = ['default', 'identity', 'default', 'identity', 'lab'];
const FLOWS: readonly Flow[] = FLOW_SCHEMES.map((source, index) => {
  const target = FLOW_SCHEMES[(index + 1) % FLOW_SCHEMES.length] ?? 'none';
  const policy = POLICIES[index % POLICIES.length] ?? 'default';
  const name = `flow${index}`;
  const topic = `${name}-orders`;
  return {
    name,
    source,
    target,
    policy,
    topic,
    groupId: `${name}-group`,
    copy: policy === 'default' ? `${name}-old.${topic}` : topic,
    heartbeats: policy === 'lab' ? 'heartbeats' : `${name}-old.heartbeats`,
  };
});
const PARTITIONS = [0, 1];
const RECORDS = 30;
const COMMITTED = 12n;
/** Long ago enough to be no default, and not yet expired. */
const WRITTEN_AT_MS = Date.now() - 3_600_000;
const DEADLINE_MS = 240_000;

const bed = inject('flowsBed');
const { source, target } = bed;
const clusters = { ...bed, certificates: join(bed.folder, 'certificates') };

/** What a looser worker loses: headers of bytes that are no text, keys and values that are not there, timestamps. */
function oddRecord(partition: number, index: number) {
  return {
    key: index % 5 === 1 ? null : Buffer.from([0xff, 0x00, partition, index]),
    value: index % 7 === 2 ? null : Buffer.from([0x80 + (index % 16), 0x0a, 0x22, index]),
    timestamp: String(WRITTEN_AT_MS + index * 1_000 + partition),
    headers: { trace: Buffer.from([0x00, 0xfe, 0xff, index]), text: 'plain', empty: '' },
  };
}

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex');

/**
 * The records last: MM2 starts its tasks anew when it finds the heartbeats, and a task that ends early may leave offset
 * syncs unwritten, without which no group gets a checkpoint.
 */
beforeAll(async () => {
  await createTopics(
    source.address,
    FLOWS.map(({ topic }) => ({ topic, partitions: PARTITIONS.length })),
  );
  await commitGroupOffsets(
    source.address,
    FLOWS.map(({ groupId, topic }) => ({ groupId, offsets: [{ topic, partition: 0, offset: COMMITTED }] })),
  );
  const configs = FLOWS.map((flow) => connectorsOf(flow).map(({ config }) => config));
  await Promise.all(configs.map((three) => putConnectors(bed.connectUrl, three)));
  reader = await openTarget(target.address);
  for (const flow of FLOWS) await heartbeatsOf(flow);
  await Promise.all(FLOWS.map(untilSteady));
  for (const { topic } of FLOWS) {
    const records = { topic, partitions: PARTITIONS, recordsPerPartition: RECORDS, record: oddRecord };
    await produceRecords(source.address, records);
  }
});
afterAll(() => reader?.close());

let reader: ConnectedCluster;

function connectorsOf({ name, policy, ...pair }: Flow) {
  const sides = (['source', 'target'] as const).filter((side) => pair[side] === 'iam');
  const properties = new Map([
    ...sides.flatMap((side) => oauthBearer(side)),
    ['refresh.topics.interval.seconds', '10'] as const,
    ['refresh.groups.interval.seconds', '10'] as const,
  ]);
  return generateConnectors(flowFacts(clusters, pair, { name, policy, properties }));
}

/** States of a connector and its tasks, once they all run at so many looks one after the other. */
function untilRunning(name: string, looks = 1): Promise<readonly string[]> {
  let steady = 0;
  const look = async () => {
    const { connector, tasks } = (await readConnect(bed.connectUrl, `/connectors/${name}/status`)) as {
      connector: { state: string };
      tasks: { state: string; trace?: string }[];
    };
    const states = [connector.state, ...tasks.map((task) => task.state)];
    steady = states.length > 1 && states.every((state) => state === 'RUNNING') ? steady + 1 : 0;
    return steady >= looks ? { done: states } : { seen: JSON.stringify([connector, tasks]) };
  };
  return waitFor(`${name} to run`, look, { timeoutMs: DEADLINE_MS, intervalMs: 500 });
}

/** The first task that a connector starts is often replaced at once. */
async function untilSteady(flow: Flow): Promise<void> {
  for (const { name } of connectorsOf(flow)) await untilRunning(name, 4);
}

const routeOf = ({ name }: Flow) => `${name}-old to ${name}-new`;
const routesIn = (records: readonly LogRecord[]) =>
  records.map(decodeHeartbeat).map((one) => {
    return one.kind === 'heartbeat' ? `${one.heartbeat.sourceAlias} to ${one.heartbeat.targetAlias}` : one.kind;
  });

/** What lies in its topic of heartbeats on the target, once its own are among them. */
function heartbeatsOf(flow: Flow): Promise<readonly LogRecord[]> {
  const at = { topic: flow.heartbeats, partition: 0 };
  return untilRead(reader, at, (seen) => routesIn(seen).includes(routeOf(flow)));
}

describe.each(FLOWS)('$name: from $source to $target, policy $policy', (flow) => {
  test('every connector runs, with its tasks', async () => {
    for (const { name } of connectorsOf(flow)) expect(await untilRunning(name)).toEqual(['RUNNING', 'RUNNING']);
  });

  test('records arrive as they were: keys, values, headers and timestamps', async () => {
    for (const partition of PARTITIONS) {
      const at = { topic: flow.copy, partition };
      const records = await untilRead(reader, at, ({ length }) => length >= RECORDS);
      const expected = Array.from({ length: RECORDS }, (_, index) => oddRecord(partition, index));
      expect(
        records.map(({ key, value, timestamp, headers }) => ({
          key: hex(key),
          value: hex(value),
          timestamp: String(timestamp),
          headers: headers.map((header) => [header.key, hex(header.value)]),
        })),
      ).toEqual(
        expected.map(({ key, value, timestamp, headers }) => ({
          key: hex(key),
          value: hex(value),
          timestamp,
          headers: Object.entries(headers).map(([name, bytes]) => [name, hex(Buffer.from(bytes))]),
        })),
      );
    }
  });

  test('heartbeats of the source appear on the target', async () => {
    const routes = routesIn(await heartbeatsOf(flow));
    expect(routes).toContain(routeOf(flow));
    expect(routes).not.toContain('malformed');
  });

  test('its group has a checkpoint that can be read, and no offset that MM2 committed', async () => {
    const at = { topic: `${flow.name}-old.checkpoints.internal`, partition: 0 };
    const records = await untilRead(reader, at, ({ length }) => length > 0);
    const { groupId, copy: topic } = flow;
    expect(records.map(decodeCheckpoint).at(-1)).toMatchObject({
      kind: 'checkpoint',
      checkpoint: { groupId, topic, upstreamOffset: COMMITTED },
    });
    expect(await committedOffsets(target.address, groupId)).toEqual([]);
  });
});

test('a Java consumer sees on the target what it sees on the source', async () => {
  const topics = FLOWS.map(({ topic }) => topic);
  const copies = FLOWS.map(({ copy }) => copy);
  const [before, after] = await Promise.all([
    printedRecords(source.address, topics),
    printedRecords(target.address, copies),
  ]);
  expect(before).toHaveLength(FLOWS.length * PARTITIONS.length * RECORDS);
  const renamed = FLOWS.reduce((lines, { copy, topic }) => lines.replaceAll(`${copy} `, `${topic} `), after.join('\n'));
  expect(renamed.split('\n').sort()).toEqual([...before].sort());
  expect(before[0]).toContain('trace=0x00feff');
});

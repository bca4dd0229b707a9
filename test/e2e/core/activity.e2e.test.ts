/** Invariant A: whoever is a member of a group on the target, or commits there, is left alone. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type Migration, startMigration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { syncWithFault, withFault } from '../../support/sync-with-fault.ts';
import { type ConsumerStatus, type JavaConsumer, type JavaGroup, Witness } from '../../support/witness.ts';

const PROTOCOLS = ['classic', 'consumer'] as const;
const RECORDS = 400;
const COMMITTED = 300n;
/** A machine that stands still for a while puts no member out of its group, and brings no record a second time. */
const PATIENCE_MS = '600000';

const bed = inject('bed');
const name = ownName('actv');
const topic = `${name}-orders`;
const copy = targetTopic(topic, { sourceAlias: `${name}src` });
const group = (suffix: string) => `${name}-${suffix}`;
/** Hidden by MM2's and our default of groups-exclude. */
const SINK = `connect-${name}`;
/** The bed's Connect workers form this group on the target. */
const WORKERS = 'connect';
const GROUPS = [
  ...PROTOCOLS.flatMap((protocol) => [`live-${protocol}`, `joins-${protocol}`, `static-${protocol}`].map(group)),
  group('share'),
  group('assign'),
  WORKERS,
];

let witness: Witness;
let migration: Migration;
const consumers: JavaConsumer[] = [];

beforeAll(async () => {
  const spec = {
    name,
    topics: [{ topic, partitions: 1 }],
    recordsPerPartition: RECORDS,
    mm2: { groups: `${name}-.*, ${WORKERS}` },
  };
  const at = (groupId: string) => ({ groupId, offsets: [{ topic, partition: 0, offset: COMMITTED }] });
  [witness, migration] = await Promise.all([Witness.start(), startMigration(bed, spec, [...GROUPS, SINK].map(at))]);
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === GROUPS.length);
});

afterAll(async () => {
  for (const consumer of consumers) await consumer.close();
  await witness?.close();
});

async function member(groupId: string, protocol: 'classic' | 'consumer', instanceId?: string): Promise<JavaConsumer> {
  const fixed = instanceId === undefined ? {} : { instanceId };
  const options = { groupId, protocol, topics: [copy], offsetReset: 'earliest' as const, ...fixed };
  // The client says how long its session lasts, or the group, by its protocol.
  if (protocol === 'consumer') {
    await witness.setConfig(bed.target, 'GROUP', groupId, { 'consumer.session.timeout.ms': PATIENCE_MS });
  }
  const properties = protocol === 'classic' ? { 'session.timeout.ms': PATIENCE_MS } : {};
  const consumer = await witness.startConsumer({ ...bed.target, properties }, options);
  await consumer.assigned();
  return consumer;
}

/** A member that has read all and committed there. */
async function busyMember(groupId: string, protocol: 'classic' | 'consumer'): Promise<JavaConsumer> {
  const consumer = await member(groupId, protocol);
  consumers.push(consumer);
  const look = async () => {
    const [read] = (await consumer.status()).partitions;
    return read?.count === RECORDS ? { done: undefined } : { seen: `${read?.count} records` };
  };
  await waitFor(`${groupId} to read`, look, { timeoutMs: 180_000 });
  await consumer.commit();
  return consumer;
}

const membership = ({ memberId, generation, rebalances, error }: ConsumerStatus) => ({
  memberId,
  generation,
  rebalances,
  error,
});

async function committedByJava(groupId: string): Promise<readonly bigint[]> {
  return (await witness.groupOffsets(bed.target, [groupId])).map(({ offset }) => offset);
}

async function listedByJava(groupId: string): Promise<JavaGroup | undefined> {
  return (await witness.listGroups(bed.target)).find((one) => one.groupId === groupId);
}

const only = (groupId: string) => ({ selection: { groups: patterns(groupId) } });

describe('groups that are in use on the target', () => {
  const live = new Map<string, { consumer: JavaConsumer; before: ConsumerStatus }>();
  let stopSharing: () => Promise<void>;
  let shared: () => Promise<number>;
  let finished: FinishedRun;

  beforeAll(async () => {
    for (const protocol of PROTOCOLS) {
      const consumer = await busyMember(group(`live-${protocol}`), protocol);
      live.set(protocol, { consumer, before: await consumer.status() });
    }
    const patience = { 'share.session.timeout.ms': PATIENCE_MS, 'share.record.lock.duration.ms': PATIENCE_MS };
    await witness.setConfig(bed.target, 'GROUP', group('share'), patience);
    const share = await witness.startShareConsumer(bed.target, { groupId: group('share'), topics: [copy] });
    stopSharing = share.close;
    shared = share.count;
    const look = async () =>
      (await share.count()) === RECORDS ? { done: undefined } : { seen: `${await share.count()} records` };
    await waitFor('the share group to read', look, { timeoutMs: 180_000 });
    for (const protocol of PROTOCOLS) {
      const consumer = await member(group(`static-${protocol}`), protocol, 'pod-0');
      await consumer.close({ leave: false });
    }
    const groups = patterns(`${name}-(live|static|share).*, ${WORKERS}, ${SINK}`);
    finished = await run(migration.inputs({ selection: { groups } }));
  });
  afterAll(() => stopSharing?.());

  it('commits nothing at all, and that is no failure', () => {
    expect(finished.report).toMatchObject({ result: 'ok', errors: [], offsetsExport: null });
    expect(finished.report.passes).toMatchObject([{ committed: 0, pending: 0, failed: 0 }]);
  });

  it.each(PROTOCOLS)(
    'A: leaves a live %s consumer its offset, its place in the group and its peace',
    async (protocol) => {
      const groupId = group(`live-${protocol}`);
      const row = rowOf(finished.report, groupId);
      expect(row).toMatchObject({ verdict: 'skipped', reason: 'group-active', targetAfter: BigInt(RECORDS) });
      expect(row.detail).toContain('state Stable');
      expect(finished.report.groups.find((one) => one.groupId === groupId)).toMatchObject({
        targetState: 'Stable',
        type: protocol,
        verdict: 'active',
      });
      const { consumer, before } = live.get(protocol) ?? {};
      const after = await consumer?.status();
      if (before === undefined || after === undefined) throw new Error(`no ${protocol} consumer`);
      expect(membership(after)).toEqual(membership(before));
      expect(await committedByJava(groupId)).toEqual([BigInt(RECORDS)]);
      // A member that had been fenced could not commit any more.
      await consumer?.commit();
    },
  );

  it.each(PROTOCOLS)('A: says that static members may be what keeps a stopped %s group', async (protocol) => {
    const groupId = group(`static-${protocol}`);
    const row = rowOf(finished.report, groupId);
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'group-active', targetAfter: null });
    expect(row.detail).toContain('static members keep a stopped group there until their session times out');
    expect((await witness.describeGroup(bed.target, groupId)).members).toBe(1);
    expect(await committedByJava(groupId)).toEqual([]);
  });

  it('A: does not touch a share group of the same id', async () => {
    const row = rowOf(finished.report, group('share'));
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'group-type-unsupported', targetAfter: null });
    expect(row.detail).toBe('type share, protocol type share');
    expect(await listedByJava(group('share'))).toMatchObject({ type: 'Share', state: 'Stable' });
    expect(await shared()).toBe(RECORDS);
  });

  it('A: does not touch the group of the Connect workers', async () => {
    expect(rowOf(finished.report, WORKERS, copy)).toMatchObject({
      verdict: 'skipped',
      reason: 'group-type-unsupported',
      detail: 'type classic, protocol type connect',
    });
    expect(await listedByJava(WORKERS)).toMatchObject({ state: 'Stable', protocolType: 'connect' });
    expect(await committedByJava(WORKERS)).toEqual([]);
  });

  it("shows a sink connector's group, which groups-exclude hides, as filtered", async () => {
    expect(rowOf(finished.report, SINK)).toMatchObject({
      sourceCommitted: COMMITTED,
      verdict: 'skipped',
      reason: 'filtered',
    });
    expect(await committedByJava(SINK)).toEqual([]);
  });
});

describe('a consumer that comes while we work', () => {
  it.each(PROTOCOLS)('A: wins when it joins (%s) between plan and commit', async (protocol) => {
    const groupId = group(`joins-${protocol}`);
    let before: ConsumerStatus | undefined;
    let consumer: JavaConsumer | undefined;
    const { result, exported } = await syncWithFault(migration.inputs(only(groupId)), {
      target: (real) =>
        withFault(real, {
          commitOffsets: async (commits) => {
            consumer = await member(groupId, protocol);
            consumers.push(consumer);
            await consumer.commit([{ topic: copy, partition: 0, offset: 7n }]);
            before = await consumer.status();
            return real.commitOffsets(commits);
          },
        }),
    });
    const row = rowOf(result, groupId);
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'group-active', targetBefore: null, targetAfter: 7n });
    expect(row.detail).toContain('a consumer joined between the plan and the commit');
    expect(exported).toHaveLength(1);
    const after = await consumer?.status();
    if (before === undefined || after === undefined) throw new Error('no consumer joined');
    expect(membership(after)).toEqual(membership(before));
    expect(await committedByJava(groupId)).toEqual([7n]);
    await consumer?.commit();
  });

  it('A: wins when it commits between two passes without being a member', async () => {
    const groupId = group('assign');
    const assign = [{ topic: copy, partition: 0 }];
    const consumer = await witness.startConsumer(bed.target, { groupId, assign, offsetReset: 'earliest' });
    consumers.push(consumer);
    const sync = { runForMs: 240_000, intervalMs: 500 };
    const { result } = await syncWithFault(migration.inputs({ ...only(groupId), sync }), {
      onPass: async ({ passes }) => {
        if (passes.length === 1) await consumer.commit([{ topic: copy, partition: 0, offset: 11n }]);
      },
    });
    expect(result.passes).toMatchObject([{ committed: 1 }, { committed: 0 }]);
    const assigned = result.groups.find((one) => one.groupId === groupId);
    expect(assigned).toMatchObject({ targetState: 'Empty', verdict: 'active' });
    expect(assigned?.partitions).toMatchObject([
      { verdict: 'skipped', reason: 'group-active-standalone', targetBefore: null, targetAfter: 11n },
    ]);
    expect(assigned?.partitions[0]?.detail).toContain('to 11 since the last pass');
    expect(await committedByJava(groupId)).toEqual([11n]);
  });
});

/** Invariant D under an authorizer: what a principal may not see is unreadable and never absent, what it may not do fails alone. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BedCheckpoint, waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { checkpointsTopic, targetTopic } from '../../../src/testbed/mm2.ts';
import { type Migration, startMigration } from '../../support/migration.ts';
import { type FinishedRun, rowOf, rowsOf, run } from '../../support/run.ts';
import type { InputOverrides } from '../../support/run-inputs.ts';
import { type AclSpec, type JavaGroupOffset, Witness } from '../../support/witness.ts';
import { signedIn, Users } from './rights.ts';

const RECORDS = 100;
const name = 'perm';
const ORDERS = `${name}-orders`;
const PAYMENTS = `${name}-payments`;
const ORDERS_COPY = targetTopic(ORDERS, { sourceAlias: `${name}src` });
const PAYMENTS_COPY = targetTopic(PAYMENTS, { sourceAlias: `${name}src` });
const CHECKPOINTS = checkpointsTopic({ sourceAlias: `${name}src` });
const BILLING = `${name}-billing`;
/** `someGroups` may not describe the first on the target, and not commit for the second. */
const HIDDEN = `${name}-hidden`;
const READ_ONLY = `${name}-read-only`;
const GROUPS = [BILLING, HIDDEN, READ_ONLY];

/** Principals and what they may do; each test file's `name-` prefix covers topics and groups of the migration. */
const TARGET_USERS = {
  everything: [...topics('READ', `${name}src`), ...groups('READ', name)],
  someGroups: [
    ...topics('READ', `${name}src`),
    ...groups('READ', BILLING),
    ...groups('DESCRIBE', READ_ONLY),
    { resourceType: 'GROUP', name: HIDDEN, operation: 'ALL', permission: 'DENY' },
  ],
  oneTopic: [
    ...topics('READ', ORDERS_COPY),
    ...topics('READ', CHECKPOINTS),
    ...topics('DESCRIBE', PAYMENTS_COPY),
    ...groups('READ', name),
  ],
  noCheckpoints: [...topics('READ', ORDERS_COPY), ...topics('DESCRIBE', CHECKPOINTS), ...groups('READ', name)],
  blind: [...topics('READ', ORDERS_COPY), ...groups('READ', name)],
} as const satisfies UserRights;
const SOURCE_USERS = {
  reader: [...topics('READ', name), ...topics('READ', 'mm2-offset-syncs'), ...groups('DESCRIBE', name)],
  oneSourceTopic: [...topics('READ', ORDERS), ...topics('READ', 'mm2-offset-syncs'), ...groups('DESCRIBE', name)],
  noSyncs: [...topics('READ', name), ...groups('DESCRIBE', name)],
  oneTopicsRecords: [
    ...topics('READ', ORDERS),
    ...topics('DESCRIBE', name),
    ...topics('READ', 'mm2-offset-syncs'),
    ...groups('DESCRIBE', name),
  ],
} as const satisfies UserRights;

type Rights = readonly Omit<AclSpec, 'principal'>[];
type UserRights = Readonly<Record<string, Rights>>;

function topics(operation: string, prefix: string): Rights {
  return [{ resourceType: 'TOPIC', name: prefix, patternType: 'PREFIXED', operation }];
}

function groups(operation: string, prefix: string): Rights {
  return [{ resourceType: 'GROUP', name: prefix, patternType: 'PREFIXED', operation }];
}

const bed = inject('securedBed');
const users = new Users(bed, { from: 200, alias: `${name}src` });
const SOURCE = namesOf('source', SOURCE_USERS);
const TARGET = namesOf('target', TARGET_USERS);

let witness: Witness;
let migration: Migration;
/** Target commits before any of our runs. */
let before: readonly JavaGroupOffset[];

function namesOf<K extends string>(side: 'source' | 'target', rights: Readonly<Record<K, Rights>>): Record<K, string> {
  const entries = Object.entries<Rights>(rights).map(([user, permitted]) => [user, users.with(side, permitted)]);
  return Object.fromEntries(entries) as Record<K, string>;
}

beforeAll(async () => {
  witness = await Witness.start();
  const spec = {
    name,
    topics: [ORDERS, PAYMENTS].map((topic) => ({ topic, partitions: 1 })),
    recordsPerPartition: RECORDS,
  };
  const offsets = [ORDERS, PAYMENTS].map((topic) => ({ topic, partition: 0, offset: BigInt(RECORDS) }));
  migration = await startMigration(
    bed,
    spec,
    GROUPS.map((groupId) => ({ groupId, offsets })),
  );
  const rows = GROUPS.length * 2;
  // Their last ones: a group whose checkpoint moves on between two runs would be committed twice.
  const isAtEnd = ({ downstreamOffset }: BedCheckpoint) => downstreamOffset === BigInt(RECORDS);
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === rows && latest.every(isAtEnd));
  await commitGroupOffsets(bed.target, [
    { groupId: HIDDEN, offsets: [{ topic: ORDERS_COPY, partition: 0, offset: 3n }] },
  ]);
  before = await committedByJava();
  await users.grant(witness);
});

afterAll(async () => {
  await users.revoke();
  await witness?.close();
});

function committedByJava(): Promise<readonly JavaGroupOffset[]> {
  return witness.groupOffsets(bed.target, GROUPS);
}

async function runAs(
  sourceUser: keyof typeof SOURCE_USERS,
  targetUser: keyof typeof TARGET_USERS,
  more: InputOverrides = {},
): Promise<FinishedRun> {
  const clusters = {
    source: signedIn(bed, 'source', SOURCE[sourceUser]),
    target: signedIn(bed, 'target', TARGET[targetUser]),
  };
  const finished = await run(migration.inputs({ ...clusters, ...more }));
  expect(JSON.stringify([finished.report, finished.lines], bigintsAsText)).not.toContain(bed.password);
  return finished;
}

/** Rights that are said to be missing. Nobody here may DESCRIBE a cluster, nor the configs of MM2's topics. */
function missing({ report }: FinishedRun): readonly string[] {
  const findings = report.findings.filter(({ rule }) => rule === 'permission-missing');
  const words = findings.map(({ message }) => /refuses User:\S+ (.*?\.) Without it/.exec(message)?.[1] ?? message);
  return words.filter((one) => one !== 'DESCRIBE on the cluster.' && !one.startsWith('DESCRIBE_CONFIGS'));
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

describe('without the rights to know where groups belong', () => {
  it.each(['noCheckpoints', 'blind'] as const)(
    'D: %s: no read of the checkpoints topic is one clear error',
    async (user) => {
      const { report } = await runAs('reader', user);
      expect(report).toMatchObject({
        result: 'failed',
        offsetsExport: null,
        errors: [{ code: 'KAFKA_AUTHORIZATION' }],
      });
      const operation = user === 'blind' ? 'DESCRIBE' : 'READ';
      expect(report.errors[0]?.message).toContain(
        `The target refuses User:${TARGET[user]} ${operation} on the topic ${CHECKPOINTS}.`,
      );
      expect(report.errors[0]?.hint).toContain(`--operation Read --topic ${CHECKPOINTS}`);
      expect(await committedByJava()).toEqual(before);
    },
  );

  it('F: no read of the offset syncs is one clear error too, since nothing else holds the checkpoints', async () => {
    const finished = await runAs('noSyncs', 'everything');
    const errors = [{ code: 'KAFKA_AUTHORIZATION' }];
    expect(finished.report).toMatchObject({ result: 'failed', offsetsExport: null, errors });
    expect(finished.report.errors[0]?.hint).toContain('--operation Read --topic mm2-offset-syncs.target.internal');
    expect(missing(finished)).toEqual([]);
    expect(await committedByJava()).toEqual(before);
  });
});

describe('comparing records', () => {
  const exactly = { translation: { mode: 'exact' }, sync: { dryRun: true } } as const;

  it('D: a topic whose records may not be read goes by its checkpoints, and one finding names the right', async () => {
    const finished = await runAs('oneTopicsRecords', 'everything', exactly);
    for (const groupId of [BILLING, READ_ONLY]) {
      expect(rowOf(finished.report, groupId, ORDERS_COPY)).toMatchObject({ translation: 'exact', translated: 100n });
      const row = rowOf(finished.report, groupId, PAYMENTS_COPY);
      expect(row).toMatchObject({ verdict: 'planned', translation: 'checkpoint', redeliveredMax: null });
      expect(row.detail).toContain(`grant READ on ${PAYMENTS}`);
    }
    expect(missing(finished)).toEqual([`READ on the topic ${PAYMENTS}.`]);
    expect(finished.report.errors).toEqual([]);
  });

  it.each([
    ['offset syncs', 'noSyncs', 'everything', 'DESCRIBE on the topic mm2-offset-syncs.target.internal.'],
    ['checkpoints', 'reader', 'noCheckpoints', `READ on the topic ${CHECKPOINTS}.`],
  ] as const)('does without %s that may not be read, and says so', async (_what, source, target, right) => {
    const finished = await runAs(source, target, exactly);
    expect(rowOf(finished.report, BILLING, ORDERS_COPY)).toMatchObject({ translation: 'exact', translated: 100n });
    expect(finished.report.errors).toEqual([]);
    expect(missing(finished)).toContain(right);
  });
});

describe('without the right to describe one source topic', () => {
  it('D: its partitions are source-unreadable, in a plan the others are planned', async () => {
    const { report } = await runAs('oneSourceTopic', 'everything', { sync: { dryRun: true } });
    for (const groupId of [BILLING, READ_ONLY]) {
      expect(rowOf(report, groupId, ORDERS_COPY)).toMatchObject({ verdict: 'planned', reason: null });
      expect(rowOf(report, groupId, PAYMENTS_COPY)).toMatchObject({
        verdict: 'skipped',
        reason: 'source-unreadable',
        detail: 'TOPIC_AUTHORIZATION_FAILED',
        sourceCommitted: null,
      });
    }
    expect(report.errors).toEqual([]);
    expect(await committedByJava()).toEqual(before);
  });
});

describe('with rights to some groups only', () => {
  let finished: FinishedRun;
  let after: readonly JavaGroupOffset[];
  beforeAll(async () => {
    finished = await runAs('reader', 'someGroups');
    after = await committedByJava();
  });

  it('D: a group that may not be described is unknown, not absent, and keeps what it has', () => {
    for (const topic of [ORDERS_COPY, PAYMENTS_COPY]) {
      const row = rowOf(finished.report, HIDDEN, topic);
      expect(row).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown', targetAfter: null });
      expect(row.detail).toBe('the principal may not DESCRIBE the group (GROUP_AUTHORIZATION_FAILED)');
    }
    expect(finished.report.groups.find(({ groupId }) => groupId === HIDDEN)).toMatchObject({
      targetState: null,
      verdict: 'unknown',
    });
    expect(after.filter(({ groupId }) => groupId === HIDDEN)).toEqual(before);
  });

  it('says which groups, and which right is missing', () => {
    expect(missing(finished)).toEqual([`DESCRIBE on the group ${HIDDEN}.`, `READ on the group ${READ_ONLY}.`]);
  });

  it('a group that may be described and not read fails, alone', () => {
    for (const topic of [ORDERS_COPY, PAYMENTS_COPY]) {
      expect(rowOf(finished.report, READ_ONLY, topic)).toMatchObject({
        verdict: 'failed',
        reason: 'commit-rejected',
        detail: 'GROUP_AUTHORIZATION_FAILED',
        targetAfter: null,
      });
    }
    expect(after.filter(({ groupId }) => groupId === READ_ONLY)).toEqual([]);
  });

  it('the others are synced, and the result is partial', () => {
    for (const topic of [ORDERS_COPY, PAYMENTS_COPY]) {
      const row = rowOf(finished.report, BILLING, topic);
      expect(row).toMatchObject({ verdict: 'committed', delta: 0n });
      expect(after.find((one) => one.groupId === BILLING && one.topic === topic)?.offset).toBe(row.targetAfter);
    }
    expect(finished.report).toMatchObject({ result: 'partial', errors: [] });
  });
});

describe('without the right to read one target topic', () => {
  it('its commits are refused, the others are made, and the result is partial', async () => {
    const { report } = await runAs('reader', 'oneTopic');
    const after = await committedByJava();
    const row = rowOf(report, READ_ONLY, PAYMENTS_COPY);
    expect(row).toMatchObject({ verdict: 'failed', reason: 'commit-rejected', targetAfter: null });
    expect(row.detail).toBe('TOPIC_AUTHORIZATION_FAILED');
    expect(after.filter((one) => one.groupId === READ_ONLY).map(({ topic }) => topic)).toEqual([ORDERS_COPY]);
    expect(rowOf(report, READ_ONLY, ORDERS_COPY)).toMatchObject({ verdict: 'committed', delta: 0n });
    expect(report).toMatchObject({ result: 'partial', errors: [], passes: [{ committed: 1 }] });
  });

  it('with all rights the rest follows', async () => {
    const { report } = await runAs('reader', 'everything');
    expect(rowOf(report, READ_ONLY, PAYMENTS_COPY)).toMatchObject({ verdict: 'committed', delta: 0n });
    expect(rowOf(report, HIDDEN, PAYMENTS_COPY)).toMatchObject({ verdict: 'committed', delta: 0n });
    expect(rowOf(report, HIDDEN, ORDERS_COPY)).toMatchObject({ verdict: 'skipped', reason: 'taken-over' });
    expect(rowsOf(report).filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  });
});

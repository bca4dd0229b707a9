/**
 * A source of Kafka 2.8 that keeps records in the formats of before 0.11, without headers, in the oldest without
 * timestamps too; and users of whom some may not read the topics.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterInputs } from '../../../src/inputs/typed-inputs.ts';
import { type Bed, startBed } from '../../../src/testbed/bed.ts';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import type { KafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { saslPlainListener } from '../../../src/testbed/listeners.ts';
import {
  checkpointsTopic,
  mm2Connectors,
  putConnectors,
  targetTopic,
  waitForReplication,
} from '../../../src/testbed/mm2.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type Migration, migrationOf } from '../../support/migration.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';
import type { InputOverrides } from '../../support/run-inputs.ts';
import { type AclSpec, Witness } from '../../support/witness.ts';
import { fetchOnce, openLog } from '../log/open-log.ts';
import { expectExact, expectTrue, type JudgedRow, judgeRow } from './judged.ts';
import { placeAt, SmallLog, type Spot, truthOf, usualSpots } from './small-topics.ts';

const RECORDS = 1_200;
const PASSWORD = 'pw-4711-never-shown';
const name = 'old';
const FORMATS = {
  v1: { 'message.format.version': '0.10.2' },
  'v1-gzip': { 'message.format.version': '0.10.2', 'compression.type': 'gzip' },
  'v1-trimmed': { 'message.format.version': '0.10.2' },
  v0: { 'message.format.version': '0.9.0' },
  v2: {},
} as const;
type Format = keyof typeof FORMATS;
const formats = Object.keys(FORMATS) as Format[];

let bed: Bed;
let witness: Witness;
let migration: Migration;
let logs: ReadonlyMap<Format, SmallLog>;
const copyOf = (format: Format) => targetTopic(`${name}-${format}`, migration.mm2);

beforeAll(async () => {
  const listeners = [saslPlainListener({ reader: PASSWORD, describer: PASSWORD })];
  const authorizer = (className: string) => ({ listeners, properties: { 'authorizer.class.name': className } });
  [witness, bed] = await Promise.all([
    Witness.start(),
    startBed({
      source: { version: '2.8.2', ...authorizer('kafka.security.authorizer.AclAuthorizer') },
      target: authorizer('org.apache.kafka.metadata.authorizer.StandardAuthorizer'),
    }),
  ]);
  const { addresses } = bed;
  const mm2 = { properties: { source: { 'sync.topic.configs.enabled': 'false' } } };
  migration = migrationOf(addresses, { name, topics: [], recordsPerPartition: 0, mm2 });
  logs = new Map(formats.map((format) => [format, new SmallLog(addresses, `${name}-${format}`)]));
  const topics = formats.map((format) => ({ topic: `${name}-${format}`, config: FORMATS[format] }));
  await createTopics(addresses.source, topics);
  // The new broker doesn't know the config of the old one, so that MM2 could not make the topics with it.
  await createTopics(
    addresses.target,
    formats.map((format) => ({ topic: copyOf(format) })),
  );
  for (const log of logs.values()) await log.write(RECORDS / 2);
  await deleteRecords(addresses.source, `${name}-v1-trimmed`, new Map([[0, 333n]]));
  await putConnectors(addresses.connectUrl, mm2Connectors(addresses, migration.mm2));
  for (const log of logs.values()) await log.write(RECORDS / 2);
  await waitForReplication(
    addresses,
    topics.map(({ topic }) => topic),
    { ...migration.mm2, by: 'connect' },
  );
  const spots = new Map<string, readonly Spot[]>();
  const random = seeded(2_802);
  for (const { topic } of topics) spots.set(topic, await usualSpots(witness, addresses, topic, random));
  await placeAt(addresses, name, spots);
  await waitForCheckpoints(addresses, migration.mm2, (latest) =>
    topics.every(({ topic }) =>
      latest.some((one) => one.topic === targetTopic(topic, migration.mm2) && one.upstreamOffset === BigInt(RECORDS)),
    ),
  );
  await grant(bed.source, name, 'mm2-offset-syncs');
  await grant(bed.target, `${name}src.${name}`, checkpointsTopic(migration.mm2));
}, 420_000);

afterAll(async () => {
  await witness?.close();
  await bed?.stop();
});

/** Both users read MM2's own topic and move groups; only one of them may read the records. */
async function grant(cluster: KafkaCluster, data: string, internal: string): Promise<void> {
  const right = (user: string, more: Omit<AclSpec, 'principal' | 'patternType'>): AclSpec => ({
    principal: `User:${user}`,
    patternType: 'PREFIXED',
    ...more,
  });
  const both = ['reader', 'describer'].flatMap((user) => [
    right(user, { resourceType: 'TOPIC', name: internal, operation: 'READ' }),
    right(user, { resourceType: 'GROUP', name, operation: 'READ' }),
    right(user, { resourceType: 'TOPIC', name: data, operation: 'DESCRIBE' }),
  ]);
  await witness.createAcls(cluster.address, [
    ...both,
    right('reader', { resourceType: 'TOPIC', name: data, operation: 'READ' }),
  ]);
  const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required username="reader" password="${PASSWORD}";`;
  const properties = { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': jaas };
  const java = { bootstrapServers: cluster.bootstrapServers('SASL'), properties };
  const look = async () => ({ done: await witness.readLog(java, `${data}-v2`) });
  await waitFor(`the rights of the reader on ${cluster.name}`, look, { timeoutMs: 180_000 });
}

function login(cluster: KafkaCluster, username: string): ClusterInputs {
  const sasl = { mechanism: 'plain' as const, username, password: PASSWORD };
  return { bootstrapServers: cluster.bootstrapServers('SASL').split(','), clusterId: null, tls: null, sasl };
}

function runAs(
  user: 'reader' | 'describer',
  mode: 'exact' | 'checkpoint',
  more: InputOverrides = {},
): Promise<FinishedRun> {
  const clusters = { source: login(bed.source, user), target: login(bed.target, user) };
  return run(migration.inputs({ ...clusters, translation: { mode }, ...more }));
}

async function judged(finished: FinishedRun, format: Format): Promise<readonly JudgedRow[]> {
  const truth = await truthOf(witness, bed.addresses, logs.get(format)?.written ?? [], copyOf(format));
  const there = rowsOf(finished.report).filter(({ topic }) => topic === copyOf(format));
  return there.map((row) => judgeRow(row, truth));
}

type Finished = Pick<FinishedRun, 'report'>;
const translationsOf = ({ report }: Finished) => rowsOf(report).map(({ translation }) => translation);
const withRecords = ({ report }: Finished) => rowsOf(report).filter(({ proof }) => proof?.kind === 'records');

/** The format of the first entry of the source's log; the byte lies at the same place in all three. */
async function formatOf(format: Format): Promise<number | undefined> {
  const open = openLog(bed.source.address.bootstrapServers);
  try {
    const { records } = await fetchOnce(open.source, `${name}-${format}`, format === 'v1-trimmed' ? 333n : 0n);
    return records[16];
  } finally {
    open.close();
  }
}

test('the source keeps each topic in the format that it is named after', async () => {
  for (const format of formats)
    expect({ format, is: await formatOf(format) }).toEqual({ format, is: Number(format[1]) });
});

describe('translation: checkpoint', () => {
  test("reads no topic but MM2's own: a user who may not read the others is enough", async () => {
    const finished = await runAs('describer', 'checkpoint', { sync: { dryRun: true } });
    // Rights that it could use besides are told, as something to know.
    const { errors, findings } = finished.report;
    expect({ errors, troubles: findings.filter(({ severity }) => severity !== 'notice') }).toEqual({
      errors: [],
      troubles: [],
    });
    expect(translationsOf(finished)).toContain('checkpoint');
    expect(withRecords(finished)).toEqual([]);
  });

  test('the same user is told what exact translation lacks', async () => {
    const { report } = await runAs('describer', 'exact', { sync: { dryRun: true } });
    const troubles = report.findings.filter(({ severity }) => severity !== 'notice');
    expect(new Set(troubles.map(({ rule }) => rule))).toEqual(new Set(['permission-missing']));
    expect(new Set(troubles.map(({ where }) => where))).toEqual(new Set(['source', 'target']));
    for (const { message } of troubles) expect(message).toMatch(/refuses User:describer READ on the topics? /);
    expect(rowsOf(report).filter(({ translation }) => translation === 'exact' || translation === 'bounded')).toEqual(
      [],
    );
  });
});

describe('translation: exact', () => {
  let synced: FinishedRun;
  beforeAll(async () => {
    synced = await runAs('reader', 'exact');
    expect(synced.report).toMatchObject({ result: 'changed', errors: [] });
  });

  test.each(formats)('every group of %s is exact', async (format) => {
    const rows = await judged(synced, format);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    expectTrue(rows);
    expectExact(rows);
  });

  test('of records without timestamps it says that it compared without them', async () => {
    const proofs = (await judged(synced, 'v0')).map(({ row }) =>
      row.proof?.kind === 'records' ? row.proof.without : [],
    );
    expect(proofs.flat()).toContain('timestamps');
  });

  test.each(['classic', 'consumer'] as const)('a %s consumer goes on and misses no id', async (protocol) => {
    const topics = formats.map(copyOf);
    const read = await witness.resume(bed.target.address, { groupId: `${name}-random-2`, protocol, topics });
    for (const format of formats) {
      const [judgedRow] = (await judged(synced, format)).filter(({ row }) => row.groupId === `${name}-random-2`);
      const log = read.find(({ topic }) => topic === copyOf(format));
      const [now] = await witness.readLog(bed.target.address, copyOf(format));
      const truth = await truthOf(witness, bed.addresses, logs.get(format)?.written ?? [], copyOf(format));
      const comparison = truth.compare(
        judgedRow?.row.sourceCommitted ?? -1n,
        log ?? { end: 0, records: [] },
        now?.records ?? [],
      );
      expect({ format, ...comparison }).toEqual({ format, missing: [], again: [] });
    }
  });
});

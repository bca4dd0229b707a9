/** Which rights a rollback needs, under an authorizer: what is not allowed fails alone, what is hidden is not absent. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { saslPlainListener } from '../../../src/testbed/listeners.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { type AclSpec, Witness } from '../../support/witness.ts';
import { seenByJava, writeExport } from './seen-offsets.ts';

const PASSWORD = 'pw-4711-never-shown';
const TOPIC = 'orders';
const [HAD, HAD_NOT] = ['group-had', 'group-had-not'];
const GROUPS = [HAD, HAD_NOT];

type Rights = readonly Omit<AclSpec, 'principal'>[];

const topic = (operation: string): Rights => [{ resourceType: 'TOPIC', name: TOPIC, operation }];
const groups = (operation: string): Rights => [
  { resourceType: 'GROUP', name: 'group-', patternType: 'PREFIXED', operation },
];
const USERS: Readonly<Record<string, Rights>> = {
  enough: [...topic('READ'), ...groups('READ'), ...groups('DELETE')],
  noDelete: [...topic('READ'), ...groups('READ')],
  noGroupRead: [...topic('READ'), ...groups('DESCRIBE'), ...groups('DELETE')],
  noTopicRead: [...topic('DESCRIBE'), ...groups('READ'), ...groups('DELETE')],
  noGroups: topic('READ'),
};

let cluster: KafkaCluster;
let witness: Witness;
let from: string;

beforeAll(async () => {
  const logins = Object.fromEntries(Object.keys(USERS).map((user) => [user, PASSWORD]));
  const properties = { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' };
  [witness, cluster] = await Promise.all([
    Witness.start(),
    startKafkaCluster({ name: 'target', listeners: [saslPlainListener(logins)], properties }),
  ]);
  await createTopics(cluster.address, [{ topic: TOPIC, partitions: 1 }]);
  await produceRecords(cluster.address, { topic: TOPIC, partitions: [0], recordsPerPartition: 100 });
  const acls = Object.entries(USERS).flatMap(([user, rights]) =>
    rights.map((right) => ({ principal: `User:${user}`, ...right })),
  );
  await witness.createAcls(cluster.address, acls);
  // The broker learns of them a little later.
  for (const user of Object.keys(USERS)) {
    const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${user}" password="${PASSWORD}";`;
    const login = { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': jaas };
    const java = { bootstrapServers: cluster.bootstrapServers('SASL'), properties: login };
    const look = async () => ({ done: await witness.logOffsets(java, TOPIC) });
    await waitFor(`the rights of ${user}`, look, { timeoutMs: 120_000 });
  }
  const folder = await mkdtemp(join(tmpdir(), 'rights-'));
  from = await writeExport(folder, cluster.address.clusterId ?? null, [
    { groupId: HAD, topic: TOPIC, previous: 12, metadata: 'note', intended: 40 },
    { groupId: HAD_NOT, topic: TOPIC, previous: null, groupExisted: false, intended: 40 },
  ]);
});
afterAll(async () => {
  await witness?.close();
  await cluster?.stop();
});

beforeEach(async () => {
  const offsets = [{ topic: TOPIC, partition: 0, offset: 40n }];
  await witness.alterGroupOffsets(
    cluster.address,
    GROUPS.map((groupId) => ({ groupId, offsets })),
  );
});

const KEPT = { [HAD]: `${HAD} ${TOPIC}-0 40 []`, [HAD_NOT]: `${HAD_NOT} ${TOPIC}-0 40 []` };
const RESTORED = `${HAD} ${TOPIC}-0 12 [note]`;
const seen = () => seenByJava(witness, cluster.address, GROUPS);

async function rollBackAs(username: string): Promise<FinishedRun> {
  const sasl = { mechanism: 'plain' as const, username, password: PASSWORD };
  const bootstrapServers = cluster.bootstrapServers('SASL').split(',');
  const target = { bootstrapServers, clusterId: null, tls: null, sasl };
  const sync = { rollbackFrom: from, dryRun: false };
  const finished = await run({ command: 'rollback', target, replication: { policy: 'identity' }, sync });
  const said = JSON.stringify([finished.report.errors, finished.report.findings, finished.lines]);
  expect(said).not.toContain(PASSWORD);
  return finished;
}

it('READ on topics, READ and DELETE on groups are enough', async () => {
  const { report } = await rollBackAs('enough');
  expect(report).toMatchObject({ result: 'changed', errors: [], findings: [] });
  expect(await seen()).toEqual([RESTORED]);
  expect(report.groups.map(({ targetState }) => targetState)).toEqual(['Empty', 'absent']);
});

it('without DELETE on groups nothing is removed, and the rest is restored', async () => {
  const { report } = await rollBackAs('noDelete');
  expect(report.result).toBe('partial');
  expect(rowOf(report, HAD)).toMatchObject({ verdict: 'committed', targetAfter: 12n });
  expect(rowOf(report, HAD_NOT)).toMatchObject({
    verdict: 'failed',
    reason: 'commit-rejected',
    detail: 'GROUP_AUTHORIZATION_FAILED',
    targetAfter: 40n,
  });
  expect(await seen()).toEqual([RESTORED, KEPT[HAD_NOT]]);
});

it('without READ on groups nothing is restored, and what was not there is removed', async () => {
  const { report } = await rollBackAs('noGroupRead');
  expect(report.result).toBe('partial');
  expect(rowOf(report, HAD)).toMatchObject({ verdict: 'failed', detail: 'GROUP_AUTHORIZATION_FAILED' });
  expect(rowOf(report, HAD_NOT)).toMatchObject({ verdict: 'committed', targetAfter: null });
  expect(await seen()).toEqual([KEPT[HAD]]);
});

it('without READ on topics both fail', async () => {
  const { report } = await rollBackAs('noTopicRead');
  expect(report.result).toBe('failed');
  for (const groupId of GROUPS) {
    expect(rowOf(report, groupId)).toMatchObject({ verdict: 'failed', detail: 'TOPIC_AUTHORIZATION_FAILED' });
  }
  expect(await seen()).toEqual([KEPT[HAD], KEPT[HAD_NOT]]);
});

it('D: groups that may not be described are not absent: nothing is tried', async () => {
  const { report } = await rollBackAs('noGroups');
  for (const groupId of GROUPS) {
    expect(rowOf(report, groupId)).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown' });
  }
  expect(report.offsetsExport).toBeNull();
  expect(await seen()).toEqual([KEPT[HAD], KEPT[HAD_NOT]]);
});

/** The bed's IAM listener against Amazon's own Java client: what it takes and refuses is what MSK would. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type IamJavaClient, iamJavaClient } from '../../../src/testbed/iam/iam-java-client.ts';
import { type IamListener, iamListener } from '../../../src/testbed/iam/iam-listener.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { createWorkFolder, removeWorkFolder } from '../../../src/testbed/processes.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { consumeLines, produceLines } from './java-client.ts';

let folder: string;
let iam: IamListener;
let kafka: KafkaCluster;
let java: IamJavaClient;

beforeAll(async () => {
  folder = await createWorkFolder('iam-listener-');
  iam = await iamListener({ folder, sessionMs: 600_000 });
  kafka = await startKafkaCluster({ name: 'target', listeners: [iam.listener] });
  java = await iamJavaClient(iam);
  await createTopics(kafka.address, [{ topic: 'orders' }]);
});

afterAll(async () => {
  await kafka?.stop();
  if (folder !== undefined) await removeWorkFolder(folder);
});

const servers = () => kafka.bootstrapServers('IAM');
const refusals = async () => (await iam.tokens()).filter(({ outcome }) => outcome === 'refused');

it("takes the tokens of Amazon's library: Java writes and reads with them", async () => {
  expect(await produceLines(java, servers(), 'orders', ['one', 'two'])).toMatchObject({ exitCode: 0 });
  const read = await consumeLines(java, servers(), { topic: 'orders', groupId: 'billing', count: 2 });
  expect(read.stdout.split('\n').slice(0, 2)).toEqual(['one', 'two']);
  const tokens = await iam.tokens();
  expect(tokens.length).toBeGreaterThan(1);
  expect(tokens.every(({ outcome, detail }) => outcome === 'accepted' && detail === 'migrator')).toBe(true);
});

it.each([
  ['another secret', { AWS_SECRET_ACCESS_KEY: 'not-the-secret' }, 'wrong signature'],
  ['another region', { AWS_REGION: 'us-east-1' }, 'wrong region'],
  ['another session', { AWS_SESSION_TOKEN: 'not-the-session' }, 'wrong session token'],
  ['an access key that nobody gave out', { AWS_ACCESS_KEY_ID: 'ASIANOBODY' }, 'access key unknown'],
])('refuses %s', async (_what, change, reason) => {
  const before = (await refusals()).length;
  const wrong = { ...java, env: { ...java.env, ...change } };
  const read = await consumeLines(wrong, servers(), { topic: 'orders', groupId: 'billing', count: 1 });
  expect(read.stdout).toBe('');
  expect(read.stderr).toContain('SaslAuthenticationException: {"status":"invalid_token"}');
  const seen = (await refusals()).slice(before).map(({ detail }) => detail);
  expect(new Set(seen)).toEqual(new Set([reason]));
});

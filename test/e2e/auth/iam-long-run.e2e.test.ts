/** A run between two IAM clusters of two regions, longer than several sessions: credentials from the environment. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import type { ClusterInputs } from '../../../src/inputs/typed-inputs.ts';
import type { Log } from '../../../src/operations/ports.ts';
import { runCommand } from '../../../src/run/run-command.ts';
import { commitGroupOffsets, committedOffsets } from '../../../src/testbed/groups.ts';
import { type IamListener, newIamIdentity } from '../../../src/testbed/iam/iam-listener.ts';
import { createWorkFolder, removeWorkFolder } from '../../../src/testbed/processes.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { rowOf } from '../../support/run.ts';
import { patterns, runInputs } from '../../support/run-inputs.ts';
import { type IamBed, startIamBed } from './iam-bed.ts';
import { RECORDS, type ReplicatedOrders, writeReplicatedOrders } from './replicated-orders.ts';

/** Renewed at half of it: a request that a broker takes up half a session late costs the connection, rightly. */
const SESSION_MS = 12_000;
const SESSIONS = 2;
const NAME = 'iamrun';
const TOPIC = `${NAME}-orders`;
const WAITING = `${NAME}-waiting`;
const DONE = `${NAME}-done`;
const END = BigInt(RECORDS + 1);

let folder: string;
let source: IamBed;
let target: IamBed;
let orders: ReplicatedOrders;

beforeAll(async () => {
  folder = await createWorkFolder('iam-long-run-');
  const identities = [newIamIdentity()];
  [source, target] = await Promise.all([
    startIamBed([{ region: 'eu-central-1', sessionMs: SESSION_MS, identities }]),
    startIamBed([{ region: 'us-west-2', sessionMs: SESSION_MS, identities }]),
  ]);
  const groups = new Map([
    [DONE, 20n],
    [WAITING, 40n],
  ]);
  const clusters = { source: source.kafka, target: target.kafka };
  orders = await writeReplicatedOrders(NAME, groups, clusters);
  // The last record is not copied yet, and one group has read it.
  await produceRecords(source.kafka.address, lastRecord(TOPIC));
  const offsets = [{ topic: TOPIC, partition: 0, offset: END }];
  await commitGroupOffsets(source.kafka.address, [{ groupId: WAITING, offsets }]);
});

afterAll(async () => {
  await Promise.all([source?.stop(), target?.stop()]);
  if (folder !== undefined) await removeWorkFolder(folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function lastRecord(topic: string) {
  const record = () => ({ key: 'k-last', value: 'the last order', timestamp: '1790000000000' });
  return { topic, partitions: [0], recordsPerPartition: 1, record };
}

function listenerOf(bed: IamBed): IamListener {
  const [iam] = bed.listeners;
  if (iam === undefined) throw new Error('no IAM listener');
  return iam;
}

function clusterInputs(bed: IamBed, region = listenerOf(bed).region): ClusterInputs {
  const iam = listenerOf(bed);
  return {
    bootstrapServers: bed.kafka.bootstrapServers('IAM').split(','),
    clusterId: bed.kafka.clusterId,
    tls: { ca: iam.caPem, certificate: null, key: null, keyPassword: null, verifyHost: true },
    sasl: { mechanism: 'iam', region },
  };
}

async function runSync(sync: { readonly runForMs: number; readonly intervalMs: number }) {
  const reportDir = await mkdtemp(join(folder, 'report-'));
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const log: Log = { stage: add, info: add, warn: add, debug: add };
  const inputs = runInputs(reportDir, {
    source: clusterInputs(source),
    target: clusterInputs(target),
    replication: { sourceAlias: `${NAME}src`, targetAlias: `${NAME}dst` },
    selection: { topics: patterns(TOPIC), groups: patterns(`${NAME}-.*`) },
    translation: { mode: 'exact' },
    sync,
  });
  const signal = new AbortController().signal;
  const report = await runCommand(inputs, { log, clock: systemClock, signal, proxy: null, workingFolder: reportDir });
  return { report, lines };
}

function useCredentials(variables: Readonly<Record<string, string | undefined>>): void {
  const none = { AWS_EC2_METADATA_DISABLED: 'true', AWS_SHARED_CREDENTIALS_FILE: '/none', AWS_CONFIG_FILE: '/none' };
  for (const [name, value] of Object.entries({ ...none, ...variables })) vi.stubEnv(name, value);
}

const spent = async (bed: IamBed) => (await listenerOf(bed).tokens()).filter(({ outcome }) => outcome === 'accepted');

/** Returns when both clusters have seen sign-ins over so many sessions, since the first of them. */
async function sessionsPass(count: number): Promise<void> {
  const look = async () => {
    const spans = await Promise.all(
      [source, target].map(async (bed) => {
        const tokens = await spent(bed);
        return tokens.length > count ? (tokens.at(-1)?.atMs ?? 0) - (tokens[0]?.atMs ?? 0) : 0;
      }),
    );
    const enough = spans.every((span) => span >= count * SESSION_MS);
    return enough ? { done: undefined } : { seen: `sign-ins over ${spans.join(' and ')} ms` };
  };
  await waitFor(`${count} sessions to pass`, look, { timeoutMs: 120_000 });
}

it('goes on over the ends of sessions on both sides, and commits what is copied later', async () => {
  useCredentials(listenerOf(source).environment);
  // It ends when nothing is pending any more; the time is for a machine that stands still.
  const running = runSync({ runForMs: 240_000, intervalMs: 500 });
  await sessionsPass(SESSIONS);
  await produceRecords(target.kafka.address, lastRecord(orders.copy));
  const { report, lines } = await running;
  expect(report.errors).toEqual([]);
  expect(report.result).toBe('changed');
  expect(rowOf(report, WAITING, orders.copy)).toMatchObject({ targetAfter: END, translation: 'exact' });
  expect(rowOf(report, DONE, orders.copy)).toMatchObject({ targetAfter: 20n });
  const committed = await committedOffsets(target.kafka.address, WAITING);
  expect(committed).toMatchObject([{ topic: orders.copy, partition: 0, offset: END }]);
  expect(report.passes.filter(({ failed }) => failed > 0)).toEqual([]);

  // Not one connection was closed by a broker, which is what the end of a session would do.
  expect(lines.filter((line) => /closed|not connected/i.test(line) && !line.includes('closed by us'))).toEqual([]);
  for (const bed of [source, target]) {
    const tokens = await listenerOf(bed).tokens();
    expect(tokens.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
    expect(tokens.length).toBeGreaterThan(SESSIONS);
  }
  const { secretAccessKey, sessionToken, accessKeyId } = listenerOf(source).identity;
  const everything = lines.join('\n') + JSON.stringify(report, (_key, value) => String(value));
  for (const secret of [secretAccessKey, sessionToken ?? '', accessKeyId]) expect(everything).not.toContain(secret);
});

it('ends at once with one message a side when there are no credentials', async () => {
  useCredentials({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: undefined });
  const { report } = await runSync({ runForMs: 0, intervalMs: 500 });
  expect(report.result).toBe('failed');
  expect(report.errors.map(({ code }) => code)).toEqual(['KAFKA_AUTHENTICATION', 'KAFKA_AUTHENTICATION']);
  expect(report.errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^source-auth iam \(region eu-central-1\): .* seen none\.$/),
    expect.stringMatching(/^target-auth iam \(region us-west-2\): .* seen none\.$/),
  ]);
});

it('says when the session of the job has ended', async () => {
  const ended = { AWS_CREDENTIAL_EXPIRATION: '2026-01-02T03:04:05Z' };
  useCredentials({ ...listenerOf(source).environment, ...ended });
  const { report } = await runSync({ runForMs: 0, intervalMs: 500 });
  expect(report.errors[0]?.message).toContain('that ended at 2026-01-02T03:04:05.000Z');
});

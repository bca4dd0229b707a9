/** The lint before an apply, with a real worker and real clusters to know from. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { readConnect } from '../../../src/testbed/connect-rest.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { mm2Connectors, putConnectors } from '../../../src/testbed/mm2.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, run } from '../../support/run.ts';
import { type InputOverrides, patterns, plaintext } from '../../support/run-inputs.ts';
import { RecordingProxy } from './recording-proxy.ts';

const name = ownName('lint');
const topic = `${name}-orders`;
let bed: BedAddresses;
let proxy: RecordingProxy;
let folder = '';

beforeAll(async () => {
  bed = inject('bed');
  folder = await mkdtemp(join(tmpdir(), 'mm2-lint-'));
  if (bed.connectUrl === null) throw new Error('the bed has no worker');
  proxy = await RecordingProxy.start(bed.connectUrl);
  await createTopics(bed.source, [{ topic, partitions: 1 }]);
});
afterAll(async () => {
  await proxy?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The bed's three connectors, with other settings for the source connector, as files of a user. */
async function runOn(
  command: 'plan' | 'apply',
  source: Readonly<Record<string, string>>,
  apply: InputOverrides['apply'] = {},
): Promise<FinishedRun> {
  const base = { name, sourceAlias: `${name}src`, topics: topic, groups: `${name}-.*` };
  for (const config of mm2Connectors(bed, { ...base, properties: { source } })) {
    await writeFile(join(folder, `${config['name']}.json`), JSON.stringify(config, null, 2));
  }
  proxy.clear();
  return run({
    command,
    source: plaintext(bed.source.bootstrapServers),
    target: plaintext(bed.target.bootstrapServers),
    connect: connectInputs(proxy.url),
    apply: { connectors: `${folder}/*.json`, applyTimeoutMs: 240_000, ...apply },
  });
}

function rulesOf({ report }: FinishedRun, severity: string): readonly string[] {
  return report.findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule);
}

/** What changes the worker; validating does not. */
function writes(): readonly string[] {
  return proxy.requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/config/validate'))
    .map(({ method, path }) => `${method} ${path}`);
}

async function isStored(): Promise<boolean> {
  const names = (await readConnect(bed.connectUrl, '/connectors')) as string[];
  return names.some((one) => one.startsWith(name));
}

describe('an error of the lint', () => {
  test('lets nothing be written, and names file, line and rule', async () => {
    const finished = await runOn('apply', { 'topics.blacklist': '__.*' });
    const { report } = finished;
    expect(report.result).toBe('failed');
    expect(rulesOf(finished, 'error')).toContain('exclusion-removed');
    const place = report.findings.find(({ rule }) => rule === 'exclusion-removed')?.at;
    const error = report.errors.find(({ code }) => code === 'CONNECT_LINT');
    expect(error?.message).toContain(`${place?.file}:${place?.line} (exclusion-removed)`);
    expect(writes()).toEqual([]);
    expect(await isStored()).toBe(false);
  });

  test('is seen by the number of brokers that the target has', async () => {
    const finished = await runOn('plan', { 'replication.factor': '3' });
    expect(rulesOf(finished, 'error')).toContain('replication-factor-too-high');
    expect(finished.report.result).toBe('failed');
  });
});

test('patterns are previewed on the topics that the source has', async () => {
  const finished = await runOn('plan', { topics: `${topic},${name}-nothing` });
  const found = finished.report.findings.find(({ rule }) => rule === 'name-not-there');
  expect(found?.message).toContain(`${name}-nothing`);
});

test('the bed’s own connectors have no error, and a plan of them is one', async () => {
  const finished = await runOn('plan', {});
  expect(rulesOf(finished, 'error')).toEqual([]);
  expect(finished.report.errors).toEqual([]);
  expect(finished.report.result).toBe('changed');
});

async function stateOf(connector: string): Promise<{ readonly done: undefined } | { readonly seen: string }> {
  type Listed = Readonly<Record<string, { readonly status?: { readonly connector?: { readonly state?: string } } }>>;
  const listed = (await readConnect(bed.connectUrl, '/connectors?expand=status&expand=info')) as Listed;
  const state = listed[connector]?.status?.connector?.state ?? 'no status';
  return state === 'RUNNING' ? { done: undefined } : { seen: state };
}

describe('a flow that runs on the worker by another name', () => {
  const running = `${name}-theirs`;
  const theirs = `${running}-source`;

  afterAll(() => deleteConnectors(bed.connectUrl, [theirs]));

  test('lets nothing be written until it is to go', async () => {
    const [source] = mm2Connectors(bed, { name: running, sourceAlias: `${name}src`, topics: `${topic}.*` });
    await putConnectors(bed.connectUrl, source === undefined ? [] : [source]);
    // Connect lists a connector once it has a status.
    await waitFor(`${theirs} to run`, () => stateOf(theirs), { timeoutMs: 180_000, intervalMs: 500 });
    const refused = await runOn('apply', {});
    expect(refused.report.errors).toMatchObject([{ code: 'CONNECT_LINT' }]);
    const copied = refused.report.findings.filter(({ rule }) => rule === 'records-copied-twice');
    expect(copied.map(({ where }) => where)).toEqual([`${theirs} (on the worker): topics`]);
    expect(copied[0]?.at?.file).toContain(`${name}-source.json`);
    expect(writes()).toEqual([]);

    const planned = await runOn('plan', {}, { removeConnectors: [theirs] });
    expect(rulesOf(planned, 'error')).toEqual([]);
    expect(planned.report.connectors.map(({ change }) => change)).toEqual(['remove', 'create', 'create', 'create']);
  });
});

test('a sync beside a worker that may skip records ends in an error', async () => {
  const answer = JSON.stringify({ version: '3.3.2', commit: 'x', kafka_cluster_id: bed.target.clusterId });
  const old = createServer((_, response) => response.setHeader('content-type', 'application/json').end(answer));
  await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
  try {
    const { report } = await run({
      command: 'sync',
      source: plaintext(bed.source.bootstrapServers),
      target: plaintext(bed.target.bootstrapServers),
      connect: connectInputs(`http://127.0.0.1:${(old.address() as AddressInfo).port}`),
      selection: { groups: patterns(`${name}-none`) },
    });
    expect(report.result).toBe('failed');
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'mm2-runtime-unsafe', severity: 'error' }));
    expect(report.errors.filter(({ code }) => code === 'CONNECT_LINT')).toMatchObject([
      { message: expect.stringContaining('MM2 3.3.2 extrapolates offsets') },
    ]);
  } finally {
    old.close();
  }
});

test('applies all three where no topic and no group matches yet, and says that two have nothing to do', async () => {
  await commitGroupOffsets(bed.source, [
    { groupId: `${ownName('other')}-group`, offsets: [{ topic, partition: 0, offset: 0n }] },
  ]);
  const connectors = ['source', 'checkpoint', 'heartbeat'].map((kind) => `${name}-${kind}`);
  try {
    const finished = await runOn('apply', { topics: `${name}-later-.*` });
    expect(finished.report.errors).toEqual([]);
    expect(finished.report.connectors.map(({ name: one, change, state }) => `${one} ${change} ${state}`)).toEqual(
      connectors.map((one) => `${one} create RUNNING`),
    );
    const idle = finished.report.findings.filter(({ rule }) => rule === 'connector-idle');
    expect(idle.map(({ where }) => where)).toEqual([`${name}-source`, `${name}-checkpoint`]);
  } finally {
    await deleteConnectors(bed.connectUrl, connectors);
  }
});

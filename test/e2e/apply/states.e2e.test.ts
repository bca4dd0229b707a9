// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ConnectorState } from '../../../src/domain/connectors/connector-state.ts';
import type { ApplyResult } from '../../../src/operations/apply.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { ownName } from '../../support/names.ts';
import { OwnWorker } from './own-worker.ts';

const SECRET = 'hunter2-of-the-worker';
const PROVIDERS = 'org.apache.kafka.common.config.provider';
const name = ownName('states');
let own: OwnWorker;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-secrets-'));
  await writeFile(join(folder, 'mm2.properties'), `password=${SECRET}\ninterval=2\n`, { mode: 0o600 });
  own = await OwnWorker.start(name, inject('bed'), {
    properties: {
      'config.providers': 'env,file',
      'config.providers.env.class': `${PROVIDERS}.EnvVarConfigProvider`,
      'config.providers.file.class': `${PROVIDERS}.FileConfigProvider`,
    },
  });
});
afterAll(async () => {
  await own?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => own.forget());

function wish(state: ConnectorState | null, ...remove: string[]) {
  return { wishes: { state, remove: remove.map((suffix) => `${name}-${suffix}`) } };
}

function seen({ connectors, errors }: ApplyResult): readonly string[] {
  expect(errors).toEqual([]);
  return connectors.map(({ change, state, stateChange }) => `${change} ${state} ${stateChange}`);
}

describe('connector-state on a real worker', () => {
  test('paused: a new one is created so, and its task never runs', async () => {
    const result = await own.apply([own.heartbeat('a')], wish('paused'));
    expect(seen(result)).toEqual(['create PAUSED null']);
    expect(own.proxy.changes()).toEqual(['POST /connectors']);
    expect(JSON.parse(own.proxy.requests.find(({ method }) => method === 'POST')?.body ?? '')).toMatchObject({
      initial_state: 'PAUSED',
    });
    expect(own.lines.join('\n')).not.toContain('RUNNING');
  });

  test('not given: a paused one stays so even when its config changes, and that is said', async () => {
    const result = await own.apply([own.heartbeat('a', { 'emit.heartbeats.interval.seconds': '2' })]);
    expect(seen(result)).toEqual(['update PAUSED null']);
    expect(own.proxy.changes()).toEqual([`PUT /connectors/${name}-a/config`]);
    expect(result.findings).toMatchObject([
      {
        rule: 'connector-not-running',
        severity: 'warning',
        where: `${name}-a`,
        hint: expect.stringContaining('resumes'),
      },
    ]);
  });

  test('a plan shows the live state beside the wanted one', async () => {
    const desired = [own.heartbeat('a', { 'emit.heartbeats.interval.seconds': '2' })];
    // Its new config makes the worker start it again, as paused, which may still be going on.
    const look = async () => {
      const one = await own.plan(desired, { state: 'running', remove: [] });
      return one.connectors[0]?.state === 'PAUSED' ? { done: one } : { seen: `${one.connectors[0]?.state}` };
    };
    const plan = await waitFor('the plan of a paused connector', look, { timeoutMs: 120_000 });
    expect(plan.connectors).toMatchObject([
      { change: 'none', keys: [], state: 'PAUSED', wantedState: 'running', stateChange: 'running' },
    ]);
    expect(own.proxy.changes()).toEqual([]);
  });

  test.each<readonly [ConnectorState, string, string]>([
    ['running', 'RUNNING', 'resume'],
    ['stopped', 'STOPPED', 'stop'],
    ['paused', 'PAUSED', 'pause'],
    ['stopped', 'STOPPED', 'stop'],
    ['running', 'RUNNING', 'resume'],
    ['paused', 'PAUSED', 'pause'],
  ])('to %s: one call, and the state is waited for', async (state, word, call) => {
    const desired = [own.heartbeat('a', { 'emit.heartbeats.interval.seconds': '2' })];
    expect(seen(await own.apply(desired, wish(state)))).toEqual([`none ${word} ${state}`]);
    expect(own.proxy.changes()).toEqual([`PUT /connectors/${name}-a/${call}`]);
    own.proxy.clear();
    expect(seen(await own.apply(desired, wish(state)))).toEqual([`none ${word} null`]);
    expect(own.proxy.changes()).toEqual([]);
  });

  test('a lost answer to a pause is found by reading the status, and not asked for again', async () => {
    const desired = [own.heartbeat('a', { 'emit.heartbeats.interval.seconds': '2' })];
    await own.apply(desired, wish('running'));
    own.proxy.clear();
    own.proxy.afterAnswer = async ({ path }) => {
      if (!path.endsWith('/pause')) return 'deliver';
      await own.untilState('a', 'PAUSED');
      return 'drop';
    };
    expect(seen(await own.apply(desired, wish('paused')))).toEqual(['none PAUSED paused']);
    expect(own.proxy.changes()).toEqual([`PUT /connectors/${name}-a/pause`]);
  });
});

describe('a POST whose answer is lost', () => {
  test('ends with one connector, and is not sent again', async () => {
    const lost = own.heartbeat('lost');
    own.proxy.afterAnswer = async ({ method, path }) => {
      if (method !== 'POST' || path !== '/connectors') return 'deliver';
      await own.untilStored(lost.name, lost.config);
      return 'drop';
    };
    const result = await own.apply([lost]);
    expect(seen(result)).toEqual(['create RUNNING null']);
    expect(own.proxy.changes()).toEqual(['POST /connectors']);
    expect(own.lines.join('\n')).toContain('stored (the answer was lost; found by reading back)');
    expect((await own.names()).filter((one) => one.endsWith('-lost'))).toHaveLength(1);
  });
});

describe('remove-connectors', () => {
  test('deletes exactly those, also when the answer is lost', async () => {
    await own.apply([own.heartbeat('b')]);
    own.proxy.clear();
    own.proxy.afterAnswer = async ({ method }) => {
      if (method !== 'DELETE') return 'deliver';
      await own.untilGone('lost');
      return 'drop';
    };
    const plan = await own.plan([own.heartbeat('b')], wish(null, 'lost').wishes);
    expect(plan.connectors).toMatchObject([{ name: `${name}-lost`, change: 'remove' }, { change: 'none' }]);
    const removal = { ...wish(null, 'lost'), approvedPlan: plan.planHash };
    expect(seen(await own.apply([own.heartbeat('b')], removal))).toEqual(['remove null null', 'none RUNNING null']);
    expect(own.proxy.changes()).toEqual([`DELETE /connectors/${name}-lost`]);
    expect(await own.names()).toEqual([`${name}-a`, `${name}-b`]);
    // Once more with the same hash: nothing is left to be done.
    const again = await own.apply([own.heartbeat('b')], removal);
    expect(seen(again)).toEqual(['none RUNNING null']);
    expect(again.findings).toMatchObject([{ rule: 'connector-not-there', where: `${name}-lost` }]);
  });
});

describe('restore-on-failure', () => {
  test('puts back every config from before, removes what is new, and keeps the first failure', async () => {
    const good = [own.heartbeat('b'), own.heartbeat('d')];
    await own.apply(good);
    const stored = [await own.stored('b'), await own.stored('d')];
    own.proxy.clear();
    const wanted = [
      own.heartbeat('b', { 'emit.heartbeats.interval.seconds': '2' }),
      own.heartbeat('c'),
      own.heartbeat('d', { 'target.cluster.bootstrap.servers': 'no-port-at-all' }),
      own.heartbeat('e'),
    ];
    // Connect shows FAILED until it has started what was put back.
    const result = await own.apply(wanted, { restoreOnFailure: true, times: { looks: 6, intervalMs: 1_000 } });
    expect(result.errors).toMatchObject([
      {
        code: 'CONNECTOR_FAILED',
        message: expect.stringContaining(`Connector ${name}-d FAILED again after one restart`),
      },
    ]);
    expect(result.connectors.map(({ change, state }) => `${change} ${state}`)).toEqual([
      'none RUNNING',
      'none null',
      'none RUNNING',
      'none null',
    ]);
    expect(result.findings.map(({ rule, where }) => `${rule} ${where}`)).toEqual([
      `connector-not-applied ${name}-e`,
      `connector-restored ${name}-d`,
      `connector-restored ${name}-c`,
      `connector-restored ${name}-b`,
    ]);
    expect([await own.stored('b'), await own.stored('d')]).toEqual(stored);
    await own.untilGone('c');
    expect(await own.names()).toEqual([`${name}-a`, `${name}-b`, `${name}-d`]);
  });
});

describe('references to secrets, on a worker with config providers', () => {
  const plan = (settings: Record<string, string>) => own.plan([own.heartbeat('ref', settings)]);
  const file = (key: string) => `\${file:${join(folder, 'mm2.properties')}:${key}}`;

  test('are proven as far as they can be without asking for the value, which no answer holds', async () => {
    const { errors, findings, planHash } = await plan({
      'source.cluster.ssl.keystore.password': file('password'),
      'source.cluster.ssl.key.password': '${env:NO_SUCH_VARIABLE_ANYWHERE}',
      'emit.heartbeats.interval.seconds': file('interval'),
    });
    expect([errors, findings]).toEqual([[], []]);
    expect(planHash).not.toBeNull();
    expect(own.lines.join('\n')).toContain('Whether a variable is set, or a key is in a file, is not');
    expect(own.proxy.answers.length).toBeGreaterThan(3);
    expect(own.proxy.answers.join('\n')).not.toContain(SECRET);
  });

  test('to a file that is not there are refused by the worker itself', async () => {
    const { errors, findings } = await plan({ 'source.cluster.ssl.key.password': '${file:/no/such/file:key}' });
    expect(errors).toMatchObject([{ code: 'CONNECT_INVALID_CONFIG' }]);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('Could not read properties from file /no/such/file'),
    ]);
  });

  test.each([
    ['a key that the file lacks', () => file('no-such-key')],
    ['a variable that is not set', () => '${env:NO_SUCH_VARIABLE_ANYWHERE}'],
    ['a provider that is not configured', () => '${vault:a/b:c}'],
  ])('in a key with a type: %s shows', async (_, reference) => {
    const { findings } = await plan({ 'emit.heartbeats.interval.seconds': reference() });
    expect(findings).toMatchObject([
      {
        where: `${name}-ref: emit.heartbeats.interval.seconds`,
        message: expect.stringContaining('The worker took the reference as it stands.'),
      },
    ]);
  });
});

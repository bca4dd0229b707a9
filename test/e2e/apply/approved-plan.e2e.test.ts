import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ApplyResult } from '../../../src/operations/apply.ts';
import { logRanges } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { ownName } from '../../support/names.ts';
import { OwnWorker } from './own-worker.ts';

const SECRET = 'hunter2-approved';
const JAAS = 'source.cluster.sasl.jaas.config';
const name = ownName('approved');
let own: OwnWorker;

beforeAll(async () => {
  own = await OwnWorker.start(name, inject('bed'));
});
afterAll(() => own?.stop());
afterEach(() => {
  expect(own.lines.join('\n')).not.toContain(SECRET);
  own.forget();
});

function jaas(password: string): Record<string, string> {
  return { [JAAS]: `org.apache.kafka.common.security.plain.PlainLoginModule required password="${password}";` };
}

/** `a` is to get another interval, `b` stays as it is. */
function reviewed(password = SECRET) {
  return [own.heartbeat('a', { 'emit.heartbeats.interval.seconds': '3', ...jaas(password) }), own.heartbeat('b')];
}

/** Connect writes to its status topic whenever a connector or task changes its state, and logs each start of a task. */
async function startsOfTasks(): Promise<string> {
  const statusEnd = (await logRanges(own.bed.target, `${name}-status`))[0]?.end;
  const log = await readFile(own.worker.logFile, 'utf8');
  const starts = log.split('\n').filter((line) => line.includes('Creating task')).length;
  return `${statusEnd} states, ${starts} starts`;
}

describe('a plan that was reviewed', () => {
  let approvedPlan: string;

  test('shows each key with the live value beside the wanted one, no secret, and has a hash', async () => {
    const created = await own.apply([own.heartbeat('a', { 'old.setting': '1', ...jaas(SECRET) }), own.heartbeat('b')]);
    expect(created.errors).toEqual([]);
    const plan = await own.plan(reviewed('another-secret'));
    expect(plan.connectors).toMatchObject([
      {
        change: 'update',
        keys: [
          { key: 'emit.heartbeats.interval.seconds', before: '1', after: '3' },
          { key: 'old.setting', before: '1', after: null },
          { key: JAAS, before: '(hidden)', after: '(hidden)', secret: true },
        ],
        state: 'RUNNING',
        tasks: [{ id: 0, state: 'RUNNING' }],
      },
      { change: 'none', keys: [], state: 'RUNNING' },
    ]);
    expect(JSON.stringify(plan.connectors)).not.toContain(SECRET);
    // The same plan again, and with another secret than that: one hash.
    approvedPlan = plan.planHash ?? '';
    expect((await own.plan(reviewed('yet-another-secret'))).planHash).toBe(approvedPlan);
    expect((await own.plan(reviewed(SECRET))).planHash).not.toBe(approvedPlan);
  });

  test('is refused once a key was changed by hand on the worker, even of a connector that it leaves alone', async () => {
    await own.put(own.heartbeat('b', { 'emit.heartbeats.interval.seconds': '9' }));
    const result = await own.apply(reviewed('another-secret'), { approvedPlan });
    expect(result.errors).toEqual([
      {
        code: 'PLAN_CHANGED',
        message: `The plan is no longer the one that was approved; nothing was changed.\n- ${name}-b differs since; now: update: emit.heartbeats.interval.seconds "9" → "1"`,
        hint: expect.stringContaining('approve its plan-hash'),
      },
    ]);
    expect(result.connectors.map(({ change }) => change)).toEqual(['none', 'none']);
    expect(own.proxy.changes()).toEqual([]);
    await own.put(own.heartbeat('b'));
  });

  test('is refused when the files want something else, and says what', async () => {
    const [a] = reviewed('another-secret');
    const other = own.heartbeat('a', { ...a?.config, name: `${name}-a`, 'emit.heartbeats.interval.seconds': '4' });
    const result = await own.apply([other, own.heartbeat('b'), own.heartbeat('c')], { approvedPlan });
    expect(result.errors[0]?.message).toContain(`- ${name}-a differs since; now: update: emit.heartbeats.interval.se`);
    expect(result.errors[0]?.message).toContain(`${JAAS} (sensitive, changed)`);
    expect(result.errors[0]?.message).toContain(`- ${name}-c was not in it; now: create, state running: `);
    expect(own.proxy.changes()).toEqual([]);
  });

  test('is applied when nothing has changed since', async () => {
    const result = await own.apply(reviewed('another-secret'), { approvedPlan });
    expect(result.errors).toEqual([]);
    expect(result.planHash).toBe(approvedPlan);
    expect(own.proxy.changes()).toEqual([`PUT /connectors/${name}-a/config`]);
    expect(await own.stored('a')).not.toHaveProperty(['old.setting']);
  });

  test('a second time changes nothing: nothing is sent, and no task starts again (H)', async () => {
    const results: ApplyResult[] = [];
    // The apply before this may have been done while the worker was still at its tasks: until they stand.
    const look = async () => {
      const before = await startsOfTasks();
      results.push(await own.apply(reviewed('another-secret'), { approvedPlan }));
      const after = await startsOfTasks();
      return after === before ? { done: null } : { seen: `${before}, then ${after}` };
    };
    await waitFor('an apply in which no task starts', look, { timeoutMs: 120_000 });
    for (const { connectors, errors } of results) {
      expect(errors).toEqual([]);
      expect(connectors.map(({ change }) => change)).toEqual(['none', 'none']);
    }
    expect(own.proxy.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('that an apply began is finished by the next one with the same hash', async () => {
    const wanted = [own.heartbeat('d'), own.heartbeat('e')];
    const { planHash } = await own.plan(wanted);
    // As after a job that was killed between the two.
    await own.put(own.heartbeat('d'));
    const result = await own.apply(wanted, { approvedPlan: planHash });
    expect(result.errors).toEqual([]);
    expect(result.connectors.map(({ change, state }) => `${change} ${state}`)).toEqual([
      'none RUNNING',
      'create RUNNING',
    ]);
    expect(own.proxy.written()).toEqual([`${name}-e`]);
  });
});

describe('references to secrets, on a worker without config providers', () => {
  test('the plan says that the worker leaves them as they stand', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Connect's config providers
    const plan = await own.plan([own.heartbeat('f', { [JAAS]: '${env:MM2_JAAS}', 'x.y': '${file:/etc/hostname:k}' })]);
    expect(plan.errors).toEqual([]);
    expect(plan.findings.map(({ rule, where, message }) => `${rule} ${where} ${message}`)).toEqual([
      `placeholder-unresolved ${name}-f: ${JAAS} The worker seems to leave \${env:…} as it stands: config.providers has no "env".`,
      `placeholder-unresolved ${name}-f: x.y The worker seems to leave \${file:/etc/hostname:…} as it stands: config.providers has no "file", or it may not read that path (allowed.paths).`,
    ]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ownName } from '../../support/names.ts';
import { OwnWorker } from './own-worker.ts';

/** Before 3.5, which can stop connectors, and before 3.7, which can create them in a state. */
const VERSION = '3.4.1';
const name = ownName('old');
let own: OwnWorker;

beforeAll(async () => {
  own = await OwnWorker.start(name, inject('bed'), { version: VERSION });
});
afterAll(() => own?.stop());
afterEach(() => own.forget());

const wish = (state: 'running' | 'paused' | 'stopped') => ({ wishes: { state, remove: [] } });

describe(`a worker of ${VERSION}`, () => {
  test('cannot stop: said before anything is written', async () => {
    const result = await own.apply([own.heartbeat('a')], wish('stopped'));
    expect(result.errors).toEqual([
      {
        code: 'BAD_INPUT',
        message: `connector-state: expected running or paused, since Connect ${VERSION} cannot stop a connector, seen stopped.`,
        hint: expect.stringContaining('3.5'),
      },
    ]);
    expect(own.proxy.changes()).toEqual([]);
  });

  test('takes a new connector by PUT, and pauses it after', async () => {
    const result = await own.apply([own.heartbeat('a')], wish('paused'));
    expect(result.errors).toEqual([]);
    expect(result.connectors).toMatchObject([{ change: 'create', state: 'PAUSED' }]);
    expect(own.proxy.changes()).toEqual([`PUT /connectors/${name}-a/config`, `PUT /connectors/${name}-a/pause`]);
  });

  test('resumes, updates, leaves alone and removes as a new one does', async () => {
    const changed = own.heartbeat('a', { 'emit.heartbeats.interval.seconds': '2' });
    expect((await own.apply([changed], wish('running'))).connectors).toMatchObject([
      { change: 'update', state: 'RUNNING', stateChange: 'running' },
    ]);
    expect(own.proxy.changes()).toEqual([`PUT /connectors/${name}-a/config`, `PUT /connectors/${name}-a/resume`]);
    own.proxy.clear();
    expect((await own.apply([changed])).errors).toEqual([]);
    expect(own.proxy.changes()).toEqual([]);
    const removed = await own.apply([], { wishes: { state: null, remove: [`${name}-a`] } });
    expect(removed.connectors).toMatchObject([{ change: 'remove' }]);
    await own.untilGone('a');
    expect(await own.names()).toEqual([]);
  });

  test('lists what is installed when a converter is missing', async () => {
    const plan = await own.plan([own.heartbeat('b', { 'key.converter': 'org.example.NoSuchConverter' })]);
    expect(plan.errors).toMatchObject([{ code: 'CONNECT_INVALID_CONFIG' }]);
    expect(plan.findings.find(({ where }) => where === `${name}-b: key.converter`)?.message).toMatch(
      /^org\.example\.NoSuchConverter is not installed on the worker\. The worker has .*ByteArrayConverter/,
    );
  });
});

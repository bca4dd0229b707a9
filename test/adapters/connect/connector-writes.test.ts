import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectClient } from '../../../src/adapters/connect/client.ts';
import type { CallBounds } from '../../../src/operations/connect-port.ts';
import { clockOfPauses } from '../../support/pause-clock.ts';
import { answer, connectInputs, FakeWorker, type Fault, HANG_UP, PAUSE_MS, PAUSES, REBALANCE } from './fake-worker.ts';

const CONFIG = { name: 'a', 'connector.class': 'C', topics: 'x' };
const OTHER = JSON.stringify({ ...CONFIG, topics: 'theirs' });
const TIMED_OUT = answer(500, { error_code: 500, message: 'Request timed out' });

/** The write happens, its answer does not arrive. */
const lostAfter = (write: (worker: FakeWorker) => void): Fault => {
  return (response, worker) => {
    write(worker);
    response.destroy();
    return true;
  };
};

let worker: FakeWorker;
let client: ConnectClient;
let bounds: CallBounds;

beforeEach(async () => {
  worker = await FakeWorker.start();
  const clock = clockOfPauses(1);
  client = new ConnectClient({ connect: connectInputs(worker.url), clock, times: PAUSES });
  bounds = { deadlineAt: clock.now() + 1_000 * PAUSE_MS, signal: new AbortController().signal };
});
afterEach(async () => {
  await client.close();
  await worker.stop();
});

const CREATE = /^\/connectors\/a$/;

function sent(method: string): readonly string[] {
  return worker.requests.filter((request) => request.method === method).map(({ path }) => path);
}

describe('POST of a new connector', () => {
  const create = () => client.createConnector('a', CONFIG, 'paused', bounds);

  test('sends the config with the state', async () => {
    expect(await create()).toBe('created');
    const body = worker.requests.find(({ method }) => method === 'POST')?.body ?? '';
    expect(JSON.parse(body)).toEqual({ name: 'a', config: CONFIG, initial_state: 'PAUSED' });
  });

  test('409 and it is not there: a rebalance, which is waited for', async () => {
    worker.fail('POST', CREATE, REBALANCE, 5);
    expect(await create()).toBe('created');
    expect(sent('POST')).toHaveLength(6);
  });

  test('409 and it is there with another config: somebody else was faster', async () => {
    worker.store('a', OTHER);
    await expect(create()).rejects.toMatchObject({
      code: 'CONNECT_CONFLICT',
      message: 'Connector a was not there when the plan was made, and is now, with another config.',
    });
    expect(sent('POST')).toHaveLength(1);
    expect(worker.configs.get('a')).toMatchObject({ topics: 'theirs' });
  });

  test('409 and it is there as wanted: nothing is left to be done', async () => {
    worker.store('a', JSON.stringify(CONFIG));
    expect(await create()).toBe('found-stored');
  });

  test.each<readonly [string, Fault]>([
    ['the connection closes', lostAfter((one) => one.store('a', JSON.stringify(CONFIG)))],
    [
      'the worker times out',
      (response, one, request) => {
        one.store('a', JSON.stringify(CONFIG));
        return TIMED_OUT(response, one, request);
      },
    ],
  ])('%s after the write: found by reading back, not sent again', async (_, fault) => {
    worker.fail('POST', CREATE, fault);
    expect(await create()).toBe('found-stored');
    expect(sent('POST')).toHaveLength(1);
  });

  test('lost before the write: sent again', async () => {
    worker.fail('POST', CREATE, HANG_UP);
    expect(await create()).toBe('created');
    expect(sent('POST')).toHaveLength(2);
  });

  test('never answered: three times at most, and the fault is told', async () => {
    worker.fail('POST', CREATE, TIMED_OUT, 9);
    await expect(create()).rejects.toMatchObject({ message: expect.stringContaining('500: Request timed out') });
    expect(sent('POST')).toHaveLength(3);
  });
});

describe('DELETE', () => {
  test('of one that is gone already is fine', async () => {
    await client.deleteConnector('a', bounds);
    expect(sent('DELETE')).toEqual(['/connectors/a']);
  });

  test('whose answer is lost after the write is not sent again', async () => {
    worker.store('a', OTHER);
    worker.fail(
      'DELETE',
      CREATE,
      lostAfter((one) => one.configs.delete('a')),
    );
    await client.deleteConnector('a', bounds);
    expect(sent('DELETE')).toHaveLength(1);
  });

  test('goes through a rebalance and a time-out before the write', async () => {
    worker.store('a', OTHER);
    worker.fail('DELETE', CREATE, REBALANCE);
    worker.fail('DELETE', CREATE, TIMED_OUT);
    await client.deleteConnector('a', bounds);
    expect(worker.configs.has('a')).toBe(false);
  });
});

describe('a state', () => {
  test.each([
    ['running', 'resume'],
    ['paused', 'pause'],
    ['stopped', 'stop'],
  ] as const)('%s is asked for by PUT …/%s', async (state, path) => {
    worker.store('a', OTHER);
    await client.setState('a', state, bounds);
    expect(sent('PUT')).toEqual([`/connectors/a/${path}`]);
  });

  test('is looked at before it is asked for again', async () => {
    worker.store('a', OTHER);
    const paused = { state: 'PAUSED', tasks: [] };
    worker.fail(
      'PUT',
      /pause$/,
      lostAfter((one) => one.statuses.set('a', [paused])),
    );
    await client.setState('a', 'paused', bounds);
    expect(sent('PUT')).toHaveLength(1);
    worker.fail('PUT', /resume$/, TIMED_OUT);
    await client.setState('a', 'running', bounds);
    expect(sent('PUT')).toHaveLength(3);
  });
});

test('the plugins that are installed, converters among them', async () => {
  worker.plugins = [{ class: 'x.BytesConverter', type: 'converter' }];
  expect(await client.plugins(bounds)).toEqual([{ class: 'x.BytesConverter', type: 'converter' }]);
  expect(sent('GET')).toEqual(['/connector-plugins?connectorsOnly=false']);
});

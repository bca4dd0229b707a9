// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectClient, type ConnectClientOptions } from '../../../src/adapters/connect/client.ts';
import type { ConnectInputs } from '../../../src/inputs/typed-inputs.ts';
import type { CallBounds } from '../../../src/operations/connect-port.ts';
import type { Clock } from '../../../src/operations/ports.ts';
import { clockOfPauses } from '../../support/pause-clock.ts';
import { answer, connectInputs, FakeWorker, HANG_UP, PAUSE_MS, PAUSES, REBALANCE } from './fake-worker.ts';

const CONFIG = { name: 'a', 'connector.class': 'C', topics: 'x' };

let worker: FakeWorker;
let client: ConnectClient;
let bounds: CallBounds;
/** Only pauses take time on it, so that the pace of this machine decides nothing. */
let clock: Clock;

beforeEach(async () => {
  worker = await FakeWorker.start();
  clock = clockOfPauses(1);
  client = open();
  bounds = { deadlineAt: clock.now() + 1_000 * PAUSE_MS, signal: new AbortController().signal };
});
afterEach(async () => {
  await client.close();
  await worker.stop();
});

function open(inputs: Partial<ConnectInputs> = {}, options: Partial<ConnectClientOptions> = {}): ConnectClient {
  return new ConnectClient({
    connect: connectInputs(worker.url, inputs),
    clock,
    times: PAUSES,
    ...options,
  });
}

function requestCount(method: string, path: RegExp): number {
  return worker.requests.filter((request) => request.method === method && path.test(request.path)).length;
}

describe('reads', () => {
  test('the worker, its connectors with status, and absence', async () => {
    worker.configs.set('a', CONFIG);
    expect(await client.worker(bounds)).toEqual({ version: '4.3.1', kafkaClusterId: 'TARGET' });
    const status = { state: 'RUNNING', trace: null, tasks: [{ id: 0, state: 'RUNNING', trace: null }] };
    expect(await client.connectors(bounds)).toEqual(new Map([['a', { config: CONFIG, status }]]));
    expect(await client.connectorConfig('b', bounds)).toBeNull();
    expect(await client.connectorStatus('b', bounds)).toBeNull();
  });

  test('a name is encoded in the path', async () => {
    await client.putConfig('a/b c?d', { name: 'a/b c?d' }, bounds);
    expect(worker.puts()[0]?.path).toBe('/connectors/a%2Fb c%3Fd/config');
  });

  test('the offsets of a source connector, but for those that were reset', async () => {
    const partition = { cluster: 'source', topic: 'orders', partition: 0 };
    const reset = { partition: { ...partition, partition: 1 }, offset: null };
    worker.fail('GET', /offsets$/, answer(200, { offsets: [{ partition, offset: { offset: 41 } }, reset] }));
    const entries = [{ partition, offset: { offset: 41 } }];
    expect(await client.connectorOffsets('a', bounds)).toEqual({ kind: 'offsets', entries });
    expect(worker.requests[0]?.path).toBe('/connectors/a/offsets');
  });

  test('a worker without the offsets endpoint says so at once, and is not one without the connector', async () => {
    worker.fail('GET', /offsets$/, answer(404, { error_code: 404, message: 'HTTP 404 Not Found' }));
    worker.fail('GET', /offsets$/, answer(405, { error_code: 405, message: 'HTTP 405 Method Not Allowed' }));
    expect(await client.connectorOffsets('a', bounds)).toEqual({ kind: 'unsupported' });
    expect(await client.connectorOffsets('a', bounds)).toEqual({ kind: 'unsupported' });
    expect(worker.requests).toHaveLength(2);
    expect(await client.connectorOffsets('a', bounds)).toEqual({ kind: 'no-connector' });
  });

  test('offsets in another shape are not taken for none', async () => {
    worker.fail('GET', /offsets$/, answer(200, { offsets: {} }));
    await expect(client.connectorOffsets('a', bounds)).rejects.toMatchObject({ code: 'CONNECT_REQUEST' });
  });

  test('are repeated through a rebalance, a restart of the worker and a gateway that has lost it', async () => {
    worker.fail('GET', /^\/connectors\?/, REBALANCE, 5);
    worker.fail('GET', /^\/connectors\?/, HANG_UP, 2);
    worker.fail('GET', /^\/connectors\?/, answer(503, 'no upstream', { 'content-type': 'text/plain' }), 2);
    worker.fail('GET', /^\/connectors\?/, answer(500, { error_code: 500, message: 'Request timed out' }));
    expect(await client.connectors(bounds)).toEqual(new Map());
    expect(requestCount('GET', /connectors/)).toBe(11);
  });

  test('a rebalance told as an error of the worker is waited for like any other, past the window of passing faults', async () => {
    const told = answer(500, {
      error_code: 500,
      message: 'Request cannot be completed because a rebalance is expected',
    });
    worker.fail('GET', /config$/, told, 6);
    client = open({}, { times: { ...PAUSES, transientWindowMs: 1 } });
    expect(await client.connectorConfig('a', bounds)).toBeNull();
    expect(requestCount('GET', /config$/)).toBe(7);
  });

  test('a rebalance without end is a conflict at the deadline', async () => {
    worker.fail('GET', /./, REBALANCE, Number.POSITIVE_INFINITY);
    const short = { ...bounds, deadlineAt: clock.now() + 5 * PAUSE_MS };
    await expect(client.worker(short)).rejects.toMatchObject({
      code: 'CONNECT_CONFLICT',
      message: expect.stringContaining('stale configuration'),
    });
    expect(requestCount('GET', /./)).toBeGreaterThan(3);
  });

  test('a call that the deadline cuts short tells what the one before it met', async () => {
    worker.fail('GET', /./, REBALANCE);
    worker.fail('GET', /./, (...one) => {
      isOver = true;
      return HANG_UP(...one);
    });
    let isOver = false;
    const { deadlineAt } = bounds;
    const untilCut = { ...clock, now: () => (isOver ? deadlineAt : clock.now()) };
    client = open({}, { clock: untilCut });
    await expect(client.worker(bounds)).rejects.toMatchObject({
      code: 'CONNECT_CONFLICT',
    });
  });

  test('an answer that does not come ends in a message, after retries', async () => {
    worker.fail('GET', /./, () => true, Number.POSITIVE_INFINITY);
    client = open({}, { times: { ...PAUSES, readTimeoutMs: 50, transientWindowMs: 5 * PAUSE_MS } });
    const startedAt = clock.now();
    await expect(client.worker(bounds)).rejects.toMatchObject({
      code: 'CONNECT_UNREACHABLE',
      message: `connect-url ${worker.url}: no answer in 0.1 s.`,
    });
    expect(clock.now() - startedAt).toBe(4 * PAUSE_MS);
  });

  test('a cancel ends a call that hangs', async () => {
    const controller = new AbortController();
    worker.fail('GET', /./, () => {
      controller.abort();
      return true;
    });
    await expect(client.worker({ ...bounds, signal: controller.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('after the deadline nothing is sent', async () => {
    await expect(client.worker({ ...bounds, deadlineAt: clock.now() })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    expect(worker.requests).toEqual([]);
  });
});

describe('PUT of a config', () => {
  test('says whether it created or updated', async () => {
    expect(await client.putConfig('a', CONFIG, bounds)).toBe('created');
    expect(await client.putConfig('a', CONFIG, bounds)).toBe('updated');
  });

  test('goes through a storm of 409s', async () => {
    worker.fail('PUT', /config$/, REBALANCE, 20);
    expect(await client.putConfig('a', CONFIG, bounds)).toBe('created');
    expect(worker.puts()).toHaveLength(21);
  });

  test.each([
    [
      '500 "Request timed out"',
      answer(500, { error_code: 500, message: 'Request timed out. The worker is currently …' }),
    ],
    ['a closed connection', HANG_UP],
    ['a gateway time-out', answer(504, '<html>', { 'content-type': 'text/html' })],
  ])('is not sent again when %s hid a write that had happened (invariant H)', async (_, fault) => {
    worker.fail('PUT', /config$/, (response, self, request) => {
      self.store('a', request.body);
      return fault(response, self, request);
    });
    expect(await client.putConfig('a', CONFIG, bounds)).toBe('found-stored');
    expect(worker.puts()).toHaveLength(1);
  });

  test('is sent again when reading back shows that the write was lost, three times at most', async () => {
    worker.fail('PUT', /config$/, HANG_UP);
    expect(await client.putConfig('a', CONFIG, bounds)).toBe('created');
    expect(worker.puts()).toHaveLength(2);

    worker.fail('PUT', /config$/, HANG_UP, Number.POSITIVE_INFINITY);
    await expect(client.putConfig('b', CONFIG, bounds)).rejects.toMatchObject({ code: 'CONNECT_UNREACHABLE' });
    expect(worker.puts()).toHaveLength(5);
  });

  test('a 400 gives every message, and none of the secrets it echoes', async () => {
    const secret = { ...CONFIG, 'source.cluster.sasl.jaas.config': 'x.PlainLoginModule required password="hunter2";' };
    const message =
      'Connector configuration is invalid and contains the following 2 error(s):\n' +
      'Invalid value zero for configuration tasks.max: Not a number of type INT\n' +
      'Cannot log in with hunter2\n' +
      'You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`';
    worker.fail('PUT', /config$/, answer(400, { error_code: 400, message }));
    const error = await client.putConfig('a', secret, bounds).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'CONNECT_INVALID_CONFIG' });
    expect(String(error)).toContain('Not a number of type INT\nCannot log in with (hidden)');
    expect(String(error)).not.toMatch(/hunter2|You can also find/);
  });
});

describe('traces', () => {
  test('lose the secrets of the stored config', async () => {
    const config = { ...CONFIG, 'source.cluster.ssl.key.password': 'hunter2' };
    worker.configs.set('a', config);
    worker.statuses.set('a', [
      { state: 'FAILED', trace: 'cannot open with hunter2', tasks: [{ id: 0, state: 'FAILED', trace: 'p=hunter2' }] },
    ]);
    const listed = (await client.connectors(bounds)).get('a');
    const looked = await client.connectorStatus('a', bounds);
    expect(listed?.config).toEqual(config);
    expect(JSON.stringify([listed?.status, looked])).not.toContain('hunter2');
    expect(looked?.trace).toBe('cannot open with (hidden)');
  });
});

describe('credentials', () => {
  test('basic and bearer are sent', async () => {
    await open({ username: 'u', password: 'pä:ss' }).worker(bounds);
    await open({ token: 'tok' }).worker(bounds);
    const basic = Buffer.from('u:pä:ss').toString('base64');
    expect(worker.requests.map(({ headers }) => headers['authorization'])).toEqual([`Basic ${basic}`, 'Bearer tok']);
  });

  test('and never come back in a message', async () => {
    const text = `no entry for hunter2 (${Buffer.from('u:hunter2').toString('base64')})`;
    worker.fail('GET', /./, answer(500, { error_code: 500, message: text }));
    const error = await open({ username: 'u', password: 'hunter2' }).worker(bounds).catch(String);
    expect(error).toContain('no entry for (hidden) ((hidden))');
  });
});

describe('answers that are not Connect', () => {
  test.each([
    [
      '401 without credentials',
      answer(401, 'no'),
      { code: 'CONNECT_AUTHENTICATION', hint: expect.stringMatching(/^Give connect-username/) },
    ],
    ['403', answer(403, 'no'), { code: 'CONNECT_AUTHENTICATION', message: expect.stringContaining('(403)') }],
    ['407', answer(407, 'no'), { code: 'CONNECT_AUTHENTICATION', message: expect.stringContaining('proxy asks') }],
    [
      'a login page',
      answer(200, '<html><head><title>Sign in</title>', { 'content-type': 'text/html; charset=utf-8' }),
      { code: 'CONNECT_REQUEST', message: expect.stringContaining('answered 200 with text/html, page "Sign in"') },
    ],
    [
      'an HTML 404',
      answer(404, '<title>404 Not Found</title>', { 'content-type': 'text/html' }),
      {
        code: 'CONNECT_REQUEST',
        message: expect.stringContaining('answered 404 with text/html, page "404 Not Found"'),
      },
    ],
    [
      'a redirect to a login page, without its query',
      answer(302, '', { location: 'https://login.example.com/oauth?state=abc' }),
      {
        code: 'CONNECT_REQUEST',
        message: expect.stringMatching(/redirected to https:\/\/login\.example\.com \(302\)/),
      },
    ],
    [
      'JSON of another system',
      answer(200, { cluster_name: 'elasticsearch', version: { number: '8' } }),
      { code: 'CONNECT_REQUEST', message: expect.stringContaining('not as Connect does') },
    ],
    ['an empty answer', answer(204, ''), { code: 'CONNECT_REQUEST' }],
    ['a list', answer(200, []), { code: 'CONNECT_REQUEST' }],
    [
      'an endless body',
      answer(200, `"${'x'.repeat(200_000)}"`),
      { code: 'CONNECT_REQUEST', message: expect.stringContaining('too large') },
    ],
  ])('%s', async (_, fault, expected) => {
    worker.fail('GET', /./, fault);
    client = open({}, { maxResponseBytes: 100_000 });
    await expect(client.worker(bounds)).rejects.toMatchObject(expected);
    expect(worker.requests).toHaveLength(1);
  });

  test('a 404 page of a gateway does not prove a connector absent (invariant D)', async () => {
    worker.fail('GET', /config$/, answer(404, '<title>404</title>', { 'content-type': 'text/html' }));
    await expect(client.connectorConfig('a', bounds)).rejects.toMatchObject({ code: 'CONNECT_REQUEST' });
  });
});

test('a worker whose resources are not up yet answers 404 to everything: it is waited for (invariant D)', async () => {
  worker.configs.set('a', CONFIG);
  const starting = answer(404, { error_code: 404, message: 'Not Found' });
  worker.fail('GET', /config$/, starting, 3);
  expect(await client.connectorConfig('a', bounds)).toEqual(CONFIG);
  worker.fail('GET', /config$/, starting, Number.POSITIVE_INFINITY);
  client = open({}, { times: { ...PAUSES, transientWindowMs: 3 * PAUSE_MS } });
  await expect(client.connectorConfig('a', bounds)).rejects.toMatchObject({
    code: 'CONNECT_REQUEST',
    hint: 'The worker is still starting, or this path is not its own.',
  });
});

describe('validate', () => {
  test('lists each error once, with its key', async () => {
    const value = { name: 'tasks.max', errors: ['not a number', 'not a number'] };
    const configs = [{ value }, { value }, { value: { name: 'topics', errors: [] } }];
    worker.fail('PUT', /validate$/, answer(200, { error_count: 2, configs }));
    expect(await client.validate('C', CONFIG, bounds)).toEqual([{ key: 'tasks.max', message: 'not a number' }]);
  });

  test('hides what the worker resolved a reference to, and shows a reference that it did not resolve', async () => {
    const reference = '${env:SOMETHING}';
    const words = (value: string) => `Invalid value ${value} for configuration tasks.max: Class ${value} is no number`;
    const configs = (value: string) => [{ value: { name: 'tasks.max', errors: [words(value)] } }];
    worker.fail('PUT', /validate$/, answer(200, { error_count: 1, configs: configs('hunter2-resolved') }));
    worker.fail('PUT', /validate$/, answer(200, { error_count: 1, configs: configs(reference) }));
    const config = { ...CONFIG, 'tasks.max': reference };
    expect(await client.validate('C', config, bounds)).toEqual([{ key: 'tasks.max', message: words('(hidden)') }]);
    expect(await client.validate('C', config, bounds)).toEqual([{ key: 'tasks.max', message: words(reference) }]);
  });

  test('an unknown class is a problem of the config, and the plugins that are there are listed by name', async () => {
    const plugin = (name: string) => `PluginDesc{klass=class ${name}, name='${name}', version='4.3.1', type=source}`;
    const message =
      'org.apache.kafka.connect.runtime.rest.errors.BadRequestException: Failed to find any class that implements ' +
      `Connector and which name matches C, available connectors are: ${plugin('a.B')}, ${plugin('a.D')}`;
    worker.fail('PUT', /validate$/, answer(500, { error_code: 500, message }));
    expect(await client.validate('C', CONFIG, bounds)).toEqual([
      {
        key: null,
        message:
          'Failed to find any class that implements Connector and which name matches C, available connectors are: a.B, a.D',
      },
    ]);
  });
});

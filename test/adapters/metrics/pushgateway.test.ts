import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { pushMetrics } from '../../../src/adapters/metrics/pushgateway.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function gateway(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const push = (url: string, timeoutMs = 120_000) =>
  pushMetrics({ url, grouping: { label: 'eu/orders', command: 'check' }, metrics: 'mm2_ready 1\n', timeoutMs });

describe('pushing metrics', () => {
  it('replaces what the gateway keeps of this label and command, whatever is in the label', async () => {
    const seen: string[] = [];
    const url = await gateway(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      seen.push(`${request.method} ${request.url}`, body);
      response.end();
    });
    expect(await push(url)).toBeNull();
    const encoded = (text: string) => Buffer.from(text).toString('base64url');
    const place = `/label@base64/${encoded('eu/orders')}/command@base64/${encoded('check')}`;
    expect(seen).toEqual([`PUT /metrics/job/kafka-mm2-migration${place}`, 'mm2_ready 1\n']);
  });

  it('says what the gateway has against them', async () => {
    const url = await gateway((_, response) => void response.writeHead(400).end('text format parsing error\n'));
    expect(await push(url)).toBe('HTTP 400 "text format parsing error"');
  });

  it('does not follow to another place', async () => {
    const asked: string[] = [];
    const elsewhere = await gateway((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    const url = await gateway((_, response) => void response.writeHead(307, { location: elsewhere }).end());
    expect(await push(url)).toBe('HTTP 307');
    expect(asked).toEqual([]);
  });

  it('says why nobody could be asked', async () => {
    const url = await gateway(() => {});
    await Promise.all(closing.splice(0).map((close) => close()));
    expect(await push(url)).toBe('ECONNREFUSED');
  });

  it('waits no longer than it may', async () => {
    const url = await gateway(() => {});
    expect(await push(url, 50)).toBe('no answer within 50 ms');
  });
});

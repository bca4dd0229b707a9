/** A proxy or extension in front of Connect that forbids a call: one message that names who, and the call. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { ownName } from '../../support/names.ts';
import { run } from '../../support/run.ts';
import { plaintext } from '../../support/run-inputs.ts';
import { connectorFiles } from '../gate/judged-migration.ts';

const bed = inject('securedBed');
const name = ownName('con');
let forbidden: RegExp;
let guard: Server;
let files: string;

beforeAll(async () => {
  guard = createServer((request, response) => {
    if (forbidden.test(`${request.method} ${request.url}`)) {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html><title>Forbidden</title></html>');
      return;
    }
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    const pass = async () => {
      const init = { method: request.method ?? 'GET', headers: { 'content-type': 'application/json' } };
      const sent = body.length === 0 ? init : { ...init, body: Buffer.concat(body) };
      const answer = await fetch(`${bed.connectUrl}${request.url}`, sent);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    };
    // As a proxy does whose worker hangs up; who asked asks again.
    request.on('end', () => void pass().catch(() => response.destroy()));
  });
  await new Promise<void>((listening) => guard.listen(0, '127.0.0.1', listening));
  const heartbeat = {
    name: `${name}-heartbeat`,
    'connector.class': 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector',
    'source.cluster.alias': `${name}src`,
    'target.cluster.alias': 'target',
    'source.cluster.bootstrap.servers': bed.source.bootstrapServers,
    'target.cluster.bootstrap.servers': bed.target.bootstrapServers,
    'heartbeats.topic.replication.factor': '-1',
    'key.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
    'value.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
    'header.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
  };
  files = await connectorFiles([heartbeat]);
});
afterAll(() => {
  guard?.close();
});

it.each([
  ['plan', /^GET \/connectors\?/, 'GET /connectors'],
  ['plan', /^PUT .*\/validate/, 'PUT validate'],
  ['apply', /^(?:PUT \/connectors\/|POST \/connectors)/, 'POST connector'],
] as const)('%s without %s', async (command, calls, call) => {
  forbidden = calls;
  const url = `http://127.0.0.1:${(guard.address() as AddressInfo).port}`;
  const connect = { ...connectInputs(url), username: 'mm2', password: 'pw-4711-never-shown' };
  const target = plaintext(bed.target.bootstrapServers);
  const { report, lines } = await run({ command, connect, target, apply: { connectors: files } });
  expect(report.result).toBe('failed');
  expect(report.errors).toHaveLength(1);
  expect(report.errors[0]?.message).toMatch(/connect-username mm2|mm2/);
  expect(report.errors[0]?.message).toContain(`may not ${call}`);
  expect(report.errors[0]?.hint).toContain('Allow it in the proxy or REST extension');
  expect(JSON.stringify([report.errors, lines])).not.toContain('never-shown');
});

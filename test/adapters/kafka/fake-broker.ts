/**
 * A TCP server that speaks enough of Kafka's protocol to fail on demand: what a real broker can't be made to do.
 * It offers old, non-flexible versions. NOT MODELLED: everything that a test does not give a handler for closes the
 * connection.
 */
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { Decoder } from '../../../src/adapters/kafka/protocol/decoder.ts';
import { Encoder } from '../../../src/adapters/kafka/protocol/encoder.ts';

export interface FakeRequest {
  readonly apiKey: number;
  readonly version: number;
  /** Behind the header. */
  readonly body: Decoder;
}

/** Bytes behind the correlation id; `close` ends the connection, `silence` never answers. */
export type FakeAnswer = Encoder | 'close' | 'silence';
export type FakeHandlers = Readonly<Record<number, (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>>>;

export interface FakeBroker {
  readonly port: number;
  readonly address: string;
  /** API keys in the order of arrival. */
  readonly received: readonly number[];
  close(): Promise<void>;
}

export const API = {
  listOffsets: 2,
  metadata: 3,
  offsetCommit: 8,
  offsetFetch: 9,
  findCoordinator: 10,
  listGroups: 16,
  saslHandshake: 17,
  apiVersions: 18,
  saslAuthenticate: 36,
} as const;

export const VERSIONS: Readonly<Record<number, number>> = {
  [API.listOffsets]: 5,
  [API.metadata]: 4,
  [API.offsetCommit]: 7,
  [API.offsetFetch]: 5,
  [API.findCoordinator]: 2,
  [API.listGroups]: 2,
  [API.saslHandshake]: 1,
  [API.apiVersions]: 0,
  [API.saslAuthenticate]: 1,
};

export async function startFakeBroker(handlers: FakeHandlers, secure?: tls.TlsOptions): Promise<FakeBroker> {
  const received: number[] = [];
  const sockets = new Set<net.Socket>();
  const serve = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    // Brokers before 1.0 take bare SASL bytes after the handshake, which is no request: closed here.
    let bareSasl = false;
    onFrames(socket, async (frame) => {
      if (bareSasl) return void socket.end();
      const header = new Decoder(frame);
      const apiKey = header.int16();
      const version = header.int16();
      const correlationId = header.int32();
      header.nullableString();
      received.push(apiKey);
      bareSasl = apiKey === API.saslHandshake && version === 0;
      const handle = handlers[apiKey] ?? (apiKey === API.apiVersions ? answerVersions : undefined);
      const answer = (await handle?.({ apiKey, version, body: header })) ?? 'close';
      if (answer === 'close') socket.end();
      else if (answer !== 'silence') writeAnswer(socket, correlationId, answer);
    });
  };
  const server = secure === undefined ? net.createServer(serve) : tls.createServer(secure, serve);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answerVersions(): Encoder {
  const answer = new Encoder().int16(0);
  return answer.array(Object.entries(VERSIONS), ([key, max]) => answer.int16(Number(key)).int16(0).int16(max));
}

function writeAnswer(socket: net.Socket, correlationId: number, answer: Encoder): void {
  const frame = new Encoder()
    .int32(answer.size + 4)
    .int32(correlationId)
    .raw(answer.bytes);
  socket.write(frame.bytes);
}

/** A broker closes the connection on a frame above socket.request.max.bytes; so does this. */
const MAX_REQUEST_BYTES = 100 * 1024 * 1024;

function onFrames(socket: net.Socket, onFrame: (frame: Buffer) => void): void {
  let buffered = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4) {
      const size = buffered.readInt32BE();
      if (size < 0 || size > MAX_REQUEST_BYTES) return void socket.destroy();
      if (buffered.length < size + 4) return;
      const frame = buffered.subarray(4, size + 4);
      buffered = buffered.subarray(size + 4);
      onFrame(frame);
    }
  });
}

/**
 * Asks a port that hung up what it is: TLS, a Kafka listener, or neither. Runs only after a failed exchange, so that
 * the message can say which mistake it is. Nothing secret is sent: a TLS hello and Kafka's ApiVersions request.
 */
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export type PortKind = 'kafka' | 'kafka-tls' | 'tls' | 'unknown';

/** Until it is open: a worker that is busy or starts is slow to shake hands. */
const OPEN_TIMEOUT_MS = 10_000;
/** From then on: what is silent is no Kafka. */
const ANSWER_TIMEOUT_MS = 2_000;

export async function identifyPort(host: string, port: number): Promise<PortKind> {
  if (await answersKafka(() => connectPlain({ host, port }), 'connect')) return 'kafka';
  // The certificate is of no interest here: the answer decides a hint, and no data is trusted to this connection.
  const tls = () => connectTls({ host, port, rejectUnauthorized: false });
  if (await answersKafka(tls, 'secureConnect')) return 'kafka-tls';
  return (await opens(tls, 'secureConnect')) ? 'tls' : 'unknown';
}

// int32 size, int16 api key 18, int16 version 0, int32 correlation id, nullable string client id (-1 = null).
const CORRELATION_ID = 0x6d6d3221;
const API_VERSIONS_V0 = Uint8Array.from([0, 0, 0, 10, 0, 18, 0, 0, 0x6d, 0x6d, 0x32, 0x21, 0xff, 0xff]);

function answersKafka(open: () => Socket, openedEvent: string): Promise<boolean> {
  return probe(open, openedEvent, (socket, settle) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= 8) settle(received.readInt32BE(4) === CORRELATION_ID);
    });
    socket.write(API_VERSIONS_V0);
  });
}

function opens(open: () => Socket, openedEvent: string): Promise<boolean> {
  return probe(open, openedEvent, (_socket, settle) => settle(true));
}

function probe(
  open: () => Socket,
  openedEvent: string,
  whenOpen: (socket: Socket, settle: (answer: boolean) => void) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = open();
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(OPEN_TIMEOUT_MS, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.once(openedEvent, () => {
      socket.setTimeout(ANSWER_TIMEOUT_MS);
      whenOpen(socket, settle);
    });
  });
}

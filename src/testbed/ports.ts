import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { bedError } from './errors.ts';

// Below Linux's ephemeral range (32768 and up), so that no outgoing connection takes a port that a stopped broker
// will want again.
const FIRST_PORT = 18_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 200;

/**
 * A free loopback port that no process using the bed has handed out: a broker binds its port only seconds after it
 * was chosen, and beds may start beside each other.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    if (reserve(port) && (await canListen(port))) return port;
  }
  throw bedError(`No free port on 127.0.0.1 between ${FIRST_PORT} and ${LAST_PORT} after ${ATTEMPTS} attempts.`);
}

// A file a port, naming the process that took it; it counts as long as that process lives.
function reserve(port: number): boolean {
  const folder = join(tmpdir(), 'kafka-mm2-bed-ports');
  const file = join(folder, String(port));
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, String(pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(file, 'utf8')))) return false;
    writeFileSync(file, String(pid));
    return true;
  }
}

function isAlive(owner: number): boolean {
  try {
    kill(owner, 0);
    return true;
  } catch {
    return false;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LogRecord } from '../../../src/operations/ports.ts';
import { resolveJars } from '../../../src/testbed/jars.ts';
import { JVM_FLAGS } from '../../../src/testbed/java.ts';

const SOURCE = fileURLToPath(new URL('./LogTool.java', import.meta.url));
const TIMEOUT_MS = 240_000;

async function runLogTool(...args: readonly string[]): Promise<string> {
  const { classPath } = await resolveJars();
  const options = { maxBuffer: 256 * 1024 * 1024, timeout: TIMEOUT_MS };
  const java = await promisify(execFile)('java', [...JVM_FLAGS, '-cp', classPath, SOURCE, ...args], options);
  return java.stdout;
}

/**
 * Java's producer writes `count` records into each topic's partition 0, without headers where `headers` is false:
 * keys and values of which some are null, 13 ms apart.
 */
export async function javaWrites(
  bootstrapServers: string,
  count: number,
  topics: readonly { readonly topic: string; readonly codec: string; readonly headers?: boolean }[],
): Promise<void> {
  const targets = topics.map(({ topic, codec, headers = true }) => `${topic}=${codec}${headers ? '+headers' : ''}`);
  await runLogTool('write', bootstrapServers, String(count), ...targets);
}

export async function javaWritesCheckpoints(bootstrapServers: string, count: number, topic: string): Promise<void> {
  await runLogTool('checkpoints', bootstrapServers, String(count), topic);
}

/** Partition 0 of each topic as Java's consumer reads it to the end, one line a record. */
export async function javaReads(
  bootstrapServers: string,
  isolation: 'read_uncommitted' | 'read_committed',
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = (await runLogTool('dump', bootstrapServers, isolation, ...topics)).split('\n');
  const prefixed = (topic: string) => lines.filter((line) => line.startsWith(`${topic}\t`));
  return new Map(topics.map((topic) => [topic, prefixed(topic).map((line) => line.slice(topic.length + 1))]));
}

/** The line that `javaReads` gives for the same record. */
export function recordLine({ offset, timestamp, key, value, headers }: LogRecord): string {
  const pairs = headers.map((header) => `${text(Buffer.from(header.key))}:${text(header.value)}`);
  return [offset, timestamp, text(key), text(value), pairs.join(',')].join('\t');
}

/** Null when both are the same; else the first place where they differ, short enough for an error message. */
export function firstDifference(seen: readonly string[], expected: readonly string[] | undefined): string | null {
  const wanted = expected ?? [];
  for (let i = 0; i < Math.max(seen.length, wanted.length); i += 1) {
    if (seen[i] === wanted[i]) continue;
    const short = (line: string | undefined) => line?.slice(0, 150) ?? 'nothing';
    return `record ${i} of ${seen.length}: seen ${short(seen[i])}, expected ${short(wanted[i])} of ${wanted.length}`;
  }
  return null;
}

function text(bytes: Uint8Array | null): string {
  return bytes === null ? 'null' : `=${Buffer.from(bytes).toString('base64')}`;
}

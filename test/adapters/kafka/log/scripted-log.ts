import type { FetchedPartition } from '../../../../src/adapters/kafka/log/fetch-request.ts';
import type { LogSource } from '../../../../src/adapters/kafka/log/log-source.ts';
import { Decoder } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import { Encoder } from '../../../../src/adapters/kafka/protocol/encoder.ts';
import type { KafkaRequest } from '../../../../src/adapters/kafka/protocol/request.ts';
import type { KafkaErrorName, LogRange } from '../../../../src/operations/ports.ts';

export interface Fetch {
  readonly broker: number;
  readonly offset: bigint;
  readonly maxBytes: number;
}

/** One answer to a fetch: what a broker returns, or an error to be thrown on the way. */
export type Answer = Partial<FetchedPartition> | Error;

export interface Script {
  /** Answers the n-th fetch (from 0). */
  readonly onFetch: (fetch: Fetch, n: number) => Answer;
  readonly range?: LogRange;
  /** Leader at the n-th fresh look-up (from 0, the first look included); broker 1 by default. */
  readonly leader?: (n: number) => number | KafkaErrorName;
}

export interface ScriptedLog extends LogSource {
  readonly fetches: readonly Fetch[];
  /** What the read has slept, in milliseconds; the clock moves by nothing else. */
  sleptMs(): number;
}

const FETCH_VERSION = 10;
const NOTHING: FetchedPartition = {
  error: null,
  throttleTimeMs: 0,
  highWatermark: 100_000n,
  lastStableOffset: 100_000n,
  abortedTransactions: [],
  records: new Uint8Array(),
};

/** A partition whose broker does what a script says, to make faults that a real one makes rarely. */
export function scriptedLog(script: Script): ScriptedLog {
  const fetches: Fetch[] = [];
  let slept = 0;
  let looks = 0;
  let leader: number | KafkaErrorName | undefined;
  return {
    side: 'target',
    fetches,
    sleptMs: () => slept,
    clock: {
      now: () => slept,
      sleep: async (durationMs) => {
        slept += durationMs;
      },
    },
    async findLeader(_, fresh) {
      if (leader === undefined || fresh) {
        leader = script.leader?.(looks) ?? 1;
        looks += 1;
      }
      return leader;
    },
    async logRange() {
      return script.range ?? { kind: 'range', logStart: 0n, highWatermark: 100_000n };
    },
    async send<T>(broker: number, request: KafkaRequest<T>): Promise<T> {
      const fetch = { broker, ...requested(request) };
      fetches.push(fetch);
      const answer = script.onFetch(fetch, fetches.length - 1);
      if (answer instanceof Error) throw answer;
      // A read sends nothing but Fetch, of its one partition.
      return { get: () => ({ ...NOTHING, ...answer }) } as T;
    },
  };
}

/** Reads the request's bytes back: the last fields of a partition are its offset, a log start and the byte limit. */
function requested(request: KafkaRequest<unknown>): Omit<Fetch, 'broker'> {
  if (request.apiName !== 'Fetch') throw new Error(`unexpected ${request.apiName}`);
  const writer = new Encoder();
  request.encode(FETCH_VERSION, writer);
  const forgottenTopics = 4;
  const tail = new Decoder(writer.bytes.subarray(writer.size - forgottenTopics - 20));
  const offset = tail.int64();
  tail.int64();
  return { offset, maxBytes: tail.int32() };
}

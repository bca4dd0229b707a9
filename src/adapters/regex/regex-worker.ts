import { Worker } from 'node:worker_threads';
import type { SlowRegex } from '../../domain/java-regex.ts';
import { MigrationError } from '../../errors.ts';

/** For all names together, and so for the worst of them too. */
const LIMIT_MS = 1_000;
const START_MS = 30_000;

const STATE = { waiting: 0, no: 1, yes: 2, failed: 3 } as const;

/** As text, so that the bundle stays one file. Answers in shared memory: the state, and the microseconds it took. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const answer = new Int32Array(workerData);
let source, pattern;
parentPort.on('message', (question) => {
  let state = ${STATE.failed}, micros = 0;
  try {
    if (question !== null) {
      if (question.source !== source) pattern = new RegExp(question.source, 'u');
      source = question.source;
      const start = process.hrtime.bigint();
      state = pattern.test(question.name) ? ${STATE.yes} : ${STATE.no};
      micros = Number((process.hrtime.bigint() - start) / 1000n);
    }
  } catch {}
  answer[1] = micros;
  Atomics.store(answer, 0, state);
  Atomics.notify(answer, 0);
});
`;

interface Thread {
  readonly worker: Worker;
  readonly answer: Int32Array;
}

/**
 * Asks a worker thread and waits for its answer, so that matching stays a plain call. Started at the first question; it
 * keeps no process alive.
 */
export class RegexWorker implements SlowRegex {
  readonly #limitMs: number;
  readonly #usedMs = new Map<string, number>();
  #thread: Thread | null = null;

  constructor(limitMs = LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  matches({ java, javaScript }: { readonly java: string; readonly javaScript: string }, name: string): boolean {
    const used = this.#usedMs.get(javaScript) ?? 0;
    if (used >= this.#limitMs) throw tooSlow(java, name, this.#limitMs);
    const { worker, answer } = this.#started();
    const state = ask(worker, answer, { source: javaScript, name }, this.#limitMs - used);
    if (state === STATE.waiting) {
      this.#usedMs.set(javaScript, this.#limitMs);
      this.close();
      throw tooSlow(java, name, this.#limitMs);
    }
    this.#usedMs.set(javaScript, used + (answer[1] ?? 0) / 1_000);
    if (state === STATE.failed) {
      throw new MigrationError('BAD_INPUT', `The pattern ${JSON.stringify(java)} cannot be matched.`, {
        hint: SIMPLER,
      });
    }
    return state === STATE.yes;
  }

  /** Ends the thread; the next question starts another. */
  close(): void {
    void this.#thread?.worker.terminate();
    this.#thread = null;
  }

  /** Its start is not counted as matching. */
  #started(): Thread {
    if (this.#thread !== null) return this.#thread;
    const answer = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(THREAD, { eval: true, workerData: answer.buffer });
    worker.unref();
    if (ask(worker, answer, null, START_MS) === STATE.waiting) {
      void worker.terminate();
      throw new MigrationError('INTERNAL', 'The thread that matches patterns did not start.');
    }
    this.#thread = { worker, answer };
    return this.#thread;
  }
}

function ask(worker: Worker, answer: Int32Array, question: unknown, limitMs: number): number {
  Atomics.store(answer, 0, STATE.waiting);
  worker.postMessage(question);
  Atomics.wait(answer, 0, STATE.waiting, limitMs);
  return Atomics.load(answer, 0);
}

const SIMPLER = 'Write it without look-around and backreferences, or without repetitions inside of repetitions.';

function tooSlow(java: string, name: string, limitMs: number): MigrationError {
  const message = `The pattern ${JSON.stringify(java)} took longer than ${limitMs} ms, at ${JSON.stringify(name)}: what it selects is not known, and nothing was decided.`;
  return new MigrationError('BAD_INPUT', message, { hint: SIMPLER });
}

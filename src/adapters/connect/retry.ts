/** Repeats a call to Connect inside bounds: rebalances until the deadline, other passing faults for a short window. */
import { MigrationError } from '../../errors.ts';
import type { CallBounds } from '../../operations/connect-port.ts';
import type { Clock } from '../../operations/ports.ts';
import { ConnectError } from './connect-error.ts';
import type { HttpAnswer } from './http.ts';

export interface RetryTimes {
  /** How long refused connections, resets and 5xx are retried: a worker restarts, but a wrong address stays wrong. */
  readonly transientWindowMs: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
}

/** `rebalance` and `passing` may be sent again; `final` answers are the caller's to read. */
export type AnswerVerdict =
  | { readonly kind: 'final' }
  | { readonly kind: 'rebalance' | 'passing'; readonly error: ConnectError };

export interface RetriedCall {
  readonly send: (remainingMs: number) => Promise<HttpAnswer>;
  readonly judge: (answer: HttpAnswer) => AnswerVerdict | Promise<AnswerVerdict>;
  /** `before-sending`: only what certainly changed nothing is sent again. */
  readonly retry: 'always' | 'before-sending';
  readonly bounds: CallBounds;
  readonly clock: Clock;
  readonly times: RetryTimes;
}

/** Returns the first final answer. Throws the last error when the window or the deadline has passed. */
export async function retryCall({ send, judge, retry, bounds, clock, times }: RetriedCall): Promise<HttpAnswer> {
  const startedAt = clock.now();
  let backoffMs = times.firstBackoffMs;
  let previous: ConnectError | null = null;
  for (;;) {
    // A pause may end after the deadline: what the attempt before it met says more.
    if (previous !== null && !bounds.signal.aborted && clock.now() >= bounds.deadlineAt) throw previous;
    throwIfOver(bounds, clock);
    const outcome = await attempt(send, judge, bounds.deadlineAt - clock.now());
    if ('answer' in outcome) return outcome.answer;
    const { error, rebalance } = outcome;
    // The deadline cut this attempt short: what the one before met says more.
    if (previous !== null && clock.now() >= bounds.deadlineAt) throw previous;
    previous = error;
    const allowed = error.retriable && (retry === 'always' || !error.maybeSent);
    const until = rebalance ? bounds.deadlineAt : Math.min(bounds.deadlineAt, startedAt + times.transientWindowMs);
    if (!allowed || clock.now() + backoffMs >= until) throw error;
    await clock.sleep(backoffMs, bounds.signal);
    backoffMs = Math.min(backoffMs * 2, times.maxBackoffMs);
  }
}

type Outcome = { readonly answer: HttpAnswer } | { readonly error: ConnectError; readonly rebalance: boolean };

async function attempt(send: RetriedCall['send'], judge: RetriedCall['judge'], remainingMs: number): Promise<Outcome> {
  try {
    const answer = await send(remainingMs);
    const verdict = await judge(answer);
    if (verdict.kind === 'final') return { answer };
    return { error: verdict.error, rebalance: verdict.kind === 'rebalance' };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return { error, rebalance: false };
  }
}

function throwIfOver({ signal, deadlineAt }: CallBounds, clock: Clock): void {
  if (signal.aborted) throw new MigrationError('CANCELLED', 'The call to Connect was cancelled.');
  if (clock.now() >= deadlineAt) {
    throw new MigrationError('DEADLINE_EXCEEDED', 'The time for Connect ran out before this call.', {
      hint: 'Raise apply-timeout.',
    });
  }
}

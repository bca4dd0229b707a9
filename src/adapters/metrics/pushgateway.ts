/** Replaces what a Pushgateway keeps of one use of the action and one command. */

export interface Push {
  /** Without a slash at its end. */
  readonly url: string;
  /** They name the place on the gateway, in this order after the job; values are never empty. */
  readonly grouping: Readonly<Record<string, string>>;
  /** Text format of Prometheus. */
  readonly metrics: string;
  readonly timeoutMs: number;
}

const JOB = 'kafka-mm2-migration';
const MAX_SAID_CHARS = 300;

/** null when the gateway has taken the metrics, else what was seen instead: one clause without the address. */
export async function pushMetrics({ url, grouping, metrics, timeoutMs }: Push): Promise<string | null> {
  const place = Object.entries(grouping).map(([name, value]) => `/${name}@base64/${base64Url(value)}`);
  try {
    const response = await fetch(`${url}/metrics/job/${JOB}${place.join('')}`, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      body: metrics,
      // Whoever answers somewhere else was not asked for.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const said = (await response.text()).trim().slice(0, MAX_SAID_CHARS);
    return response.ok ? null : `HTTP ${response.status}${said === '' ? '' : ` ${JSON.stringify(said)}`}`;
  } catch (error) {
    return reasonOf(error, timeoutMs);
  }
}

/** In a path, a label's value may hold a slash only in this form. */
function base64Url(value: string): string {
  return Buffer.from(value, 'utf8').toString('base64url');
}

/** fetch says "fetch failed", and why in its cause. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}

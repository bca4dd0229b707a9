import type { Clock } from '../../operations/ports.ts';

/** What Amazon's providers give; `$source` names the links of the chain that were used. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly $source?: object;
}

export type CredentialsProvider = () => Promise<AwsCredentials>;

/** Looking up took too long. */
export class LookUpTimeoutError extends Error {
  override readonly name = 'LookUpTimeoutError';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super('credentials were not found in time');
    this.timeoutMs = timeoutMs;
  }
}

/**
 * Amazon's standard chain: environment, profile, process, web identity (OIDC), container, instance. It keeps what it
 * found until shortly before that ends. Its own warnings and traces go nowhere.
 */
export async function defaultChain(region: string, profile: string | undefined): Promise<CredentialsProvider> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const silent = () => {};
  const logger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };
  return fromNodeProviderChain({ logger, clientConfig: { region }, ...(profile === undefined ? {} : { profile }) });
}

/** The metadata services of instances and containers may never answer where there are none. */
export async function withDeadline<T>(work: Promise<T>, timeoutMs: number, clock: Clock): Promise<T> {
  const timer = new AbortController();
  const deadline = clock.sleep(timeoutMs, timer.signal).then(() => {
    throw new LookUpTimeoutError(timeoutMs);
  });
  // The loser is nobody's business any more.
  deadline.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([work, deadline]);
  } finally {
    timer.abort();
  }
}

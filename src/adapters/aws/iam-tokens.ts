/**
 * Tokens for MSK's IAM listeners over OAUTHBEARER: a presigned `kafka-cluster:Connect` URL in base64url that is good for
 * 15 minutes. Signing is local; only looking up credentials may ask Amazon.
 */
import type { Clock } from '../../operations/ports.ts';
import { type AwsCredentials, type CredentialsProvider, defaultChain, withDeadline } from './credentials.ts';
import { credentialsError, expiredCredentials } from './credentials-error.ts';
import { sourceOf } from './credentials-source.ts';

export interface IamTokenOptions {
  /** Named in messages. */
  readonly side: 'source' | 'target';
  /** Of the cluster: the signature holds for no other. */
  readonly region: string;
  readonly clock: Clock;
  /** Of the shared AWS config and credentials files; `AWS_PROFILE` and the chain's own rules without it. */
  readonly profile?: string | undefined;
  /** Amazon's standard chain by default. */
  readonly credentials?: CredentialsProvider;
  /** For looking up credentials; 20 s by default. */
  readonly lookUpTimeoutMs?: number;
}

export interface IamTokens {
  /** A token with most of its life before it. Throws MigrationError(KAFKA_AUTHENTICATION), never with a secret. */
  token(): Promise<string>;
  /** What was signed with, for messages: never the access key. */
  describe(): string;
}

interface SignedToken {
  readonly value: string;
  readonly reuseUntil: number;
}

const LOOK_UP_TIMEOUT_MS = 20_000;
// Sessions end with their token, so a sign-in with an old one would soon need the next.
const REUSED_PART_OF_LIFE = 1 / 3;

export function iamTokens(options: IamTokenOptions): IamTokens {
  const { region, clock, lookUpTimeoutMs = LOOK_UP_TIMEOUT_MS } = options;
  let provider = options.credentials ?? null;
  let latest: SignedToken | null = null;
  let signing: Promise<SignedToken> | null = null;
  let source = 'credentials not looked up yet';

  const lookUp = async (): Promise<AwsCredentials> => {
    try {
      provider ??= await defaultChain(region, options.profile);
      return await withDeadline(provider(), lookUpTimeoutMs, clock);
    } catch (error) {
      throw credentialsError(options, error);
    }
  };
  const sign = async (): Promise<SignedToken> => {
    const credentials = await lookUp();
    source = sourceOf(credentials);
    const now = clock.now();
    const endsAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    if (endsAt <= now) throw expiredCredentials(options, source, new Date(endsAt));
    const { generateAuthTokenFromCredentialsProvider } = await import('aws-msk-iam-sasl-signer-js');
    // With an expiration the signer writes a fraction of a second into X-Amz-Expires, where a whole number belongs.
    const { expiration: _ours, ...unending } = credentials;
    const signed = await generateAuthTokenFromCredentialsProvider({
      region,
      awsCredentialsProvider: async () => unending,
    });
    const lifeMs = Math.min(signed.expiryTime, endsAt) - now;
    return { value: signed.token, reuseUntil: now + lifeMs * REUSED_PART_OF_LIFE };
  };
  return {
    describe: () => `region ${region}, ${source}`,
    async token() {
      if (latest !== null && clock.now() < latest.reuseUntil) return latest.value;
      signing ??= sign().finally(() => {
        signing = null;
      });
      latest = await signing;
      return latest.value;
    },
  };
}

/** What went wrong with looking up credentials, in one message: side, what was tried, what to do. Never a secret. */
import { MigrationError } from '../../errors.ts';
import { LookUpTimeoutError } from './credentials.ts';

interface Asked {
  readonly side: 'source' | 'target';
  readonly region: string;
  readonly profile?: string | undefined;
}

const CHAIN = 'environment, profile, credential process, web identity, container, instance';
const SIGN_IN =
  'In a workflow, run aws-actions/configure-aws-credentials before this step and give the job the permission id-token: write; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile that ~/.aws has and that works.';
const ACCESS_KEY = /\b[A-Z]{4}[A-Z0-9]{12,}\b/g;
const LONGEST_WORDS = 300;

export function credentialsError(asked: Asked, error: unknown): MigrationError {
  if (error instanceof MigrationError) return error;
  if (error instanceof LookUpTimeoutError) {
    const seen = `no answer within ${error.timeoutMs / 1000} s`;
    return failure(asked, seen, `${SIGN_IN} Away from AWS, AWS_EC2_METADATA_DISABLED=true skips the instance.`);
  }
  const { name, message } = error instanceof Error ? error : { name: 'error', message: '' };
  if (isAnswer(error)) {
    const ended = /expired/i.test(`${name} ${message}`);
    const hint = ended
      ? 'The AWS session has ended: sign in again before this step, or let it last longer (role-duration-seconds).'
      : `Check the role that is assumed: its trust policy (for GitHub: token.actions.githubusercontent.com and the subject of this repository) and its name.`;
    return failure(asked, `AWS refused with ${name} (${shown(message)})`, hint);
  }
  if (name === 'TokenProviderError' || /sso|expired/i.test(message)) {
    return failure(asked, `the session of the profile is over or cannot be read (${name})`, 'Run aws sso login.');
  }
  if (/could not load credentials|could not find|no credentials/i.test(message)) {
    return failure(asked, 'none', SIGN_IN);
  }
  // Other messages may repeat what a credential process printed.
  return failure(asked, name, SIGN_IN);
}

export function expiredCredentials(asked: Asked, source: string, endedAt: Date): MigrationError {
  const seen = `${source} that ended at ${endedAt.toISOString()}`;
  const hint =
    'Sign in again before this step (aws-actions/configure-aws-credentials, aws sso login), and let the session last as long as the run (role-duration-seconds).';
  return failure(asked, seen, hint);
}

function failure({ side, region, profile }: Asked, seen: string, hint: string): MigrationError {
  const where = profile === undefined ? CHAIN : `of profile ${profile}, else ${CHAIN}`;
  const message = `${side}-auth iam (region ${region}): expected AWS credentials (${where}), seen ${seen}.`;
  return new MigrationError('KAFKA_AUTHENTICATION', message, { hint });
}

/** An error that a service of Amazon's answered with. */
function isAnswer(error: unknown): boolean {
  const { $metadata } = (error ?? {}) as { $metadata?: { httpStatusCode?: unknown } };
  return $metadata?.httpStatusCode !== undefined;
}

function shown(message: string): string {
  const line = message.split('\n')[0] ?? '';
  return line
    .replaceAll(ACCESS_KEY, '***')
    .slice(0, LONGEST_WORDS)
    .replace(/[.\s]+$/, '');
}

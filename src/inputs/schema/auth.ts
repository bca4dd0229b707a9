import type { InputSpec, SideSpec } from './input-spec.ts';

export const AUTH_METHODS = ['none', 'tls', 'mtls', 'sasl-plain', 'sasl-scram-256', 'sasl-scram-512', 'iam'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

export const AUTH_INPUTS = [
  {
    suffix: 'auth',
    group: 'auth',
    kind: 'choice',
    choices: AUTH_METHODS,
    defaults: { source: 'none', target: 'none' },
    description:
      'How to sign in to the {side} cluster: `none` is plaintext, `tls` checks the server only, `mtls` needs `{side}-certificate` and `{side}-key`, the `sasl-` ones need `{side}-username` and `{side}-password`, `iam` signs in to Amazon MSK with AWS credentials from the standard places (`aws-actions/configure-aws-credentials`, environment, profile, container). Not given, `{side}-properties` says it.',
    importance: 'first',
  },
  {
    suffix: 'tls',
    group: 'auth',
    kind: 'boolean',
    description:
      'With `iam` or a `sasl-` method: `true` (also when not given) speaks TLS, `false` sends the sign-in over plaintext, which is warned about.',
    importance: 'rest',
  },
  {
    suffix: 'username',
    group: 'auth',
    kind: 'text',
    description: 'User name for the `sasl-` methods of the {side} cluster.',
    importance: 'rest',
  },
  {
    suffix: 'password',
    group: 'auth',
    kind: 'text',
    secret: true,
    description: 'Password for the `sasl-` methods of the {side} cluster.',
    importance: 'rest',
  },
  {
    suffix: 'ca',
    group: 'auth',
    kind: 'pem',
    description:
      'Certificates of the authorities that signed the {side} brokers, as PEM text or a path. Not given: those of the system.',
    importance: 'rest',
  },
  {
    suffix: 'certificate',
    group: 'auth',
    kind: 'pem',
    description: 'Client certificate for the {side} cluster, with its chain, as PEM text or a path.',
    importance: 'rest',
  },
  {
    suffix: 'key',
    group: 'auth',
    kind: 'pem',
    secret: true,
    description: 'Private key of `{side}-certificate`, as PEM text or a path.',
    importance: 'rest',
  },
  {
    suffix: 'key-password',
    group: 'auth',
    kind: 'text',
    secret: true,
    description: 'Password of `{side}-key` if it is encrypted.',
    importance: 'rest',
  },
] as const satisfies readonly SideSpec[];

/** Not of one side: most migrations stay in one region, and the names of Amazon MSK's brokers tell it anyway. */
export const AWS_INPUTS = [
  {
    name: 'aws-region',
    group: 'auth',
    kind: 'text',
    description:
      'AWS region for `iam` where the host names of the brokers do not tell it, as those of Amazon MSK do (`….kafka.REGION.amazonaws.com`). Not given: `AWS_REGION` of the environment.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];

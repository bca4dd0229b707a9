/** Inputs that have no effect beside what was chosen: each is an error that names both sides. */
import type { InputReader } from './input-reader.ts';
import type { ReadKey } from './properties/client-keys.ts';
import type { Side } from './schema/input-spec.ts';
import type { InputName } from './schema/schema.ts';
import type { SaslInputs } from './typed-inputs.ts';

/** What will be spoken to one cluster. */
export interface Security {
  /** What decided it, for messages. */
  readonly source: string;
  readonly tls: boolean;
  readonly mechanism: SaslInputs['mechanism'] | null;
  readonly clientCertificate: 'none' | 'optional' | 'required';
}

export function refuseUnused(reader: InputReader, side: Side, security: Security): void {
  const { source, tls, mechanism, clientCertificate } = security;
  const refuse = (names: readonly InputName[], expected: string, hint: string): void => {
    for (const name of names.filter((candidate) => reader.isGiven(candidate))) {
      reader.problem(name, expected, `${name} with ${source}`, hint);
    }
  };
  if (mechanism === null) {
    const hint = `Set ${side}-auth to the mechanism of the listener, or leave the credentials out.`;
    refuse([`${side}-username`, `${side}-password`], `a sasl- method in ${side}-auth`, hint);
  }
  if (mechanism === 'iam') {
    const hint =
      'IAM signs in with AWS credentials alone, e.g. those of aws-actions/configure-aws-credentials: leave it out.';
    refuse([`${side}-username`, `${side}-password`], `a sasl- method in ${side}-auth`, hint);
  }
  const clientInputs = [`${side}-certificate`, `${side}-key`, `${side}-key-password`] as const;
  if (!tls) {
    const hint = `Choose a ${side}-auth with TLS, or leave it out.`;
    refuse([`${side}-ca`, ...clientInputs], 'TLS to be spoken', hint);
  } else if (clientCertificate === 'none' && mechanism !== 'iam') {
    refuse(clientInputs, `mtls in ${side}-auth`, `Set ${side}-auth: mtls to present a client certificate.`);
  } else if (mechanism === 'iam') {
    refuse(clientInputs, `mtls in ${side}-auth`, 'IAM takes no client certificate: leave it out.');
  }
  checkTlsInput(reader, side, security);
}

const PLAINTEXT_RISKS: Partial<Record<SaslInputs['mechanism'], string>> = {
  plain: 'the password crosses the network readable',
  iam: 'the token crosses the network readable, and whoever reads it can sign in for a quarter of an hour',
};

function checkTlsInput(reader: InputReader, side: Side, security: Security): void {
  const given = reader.given(`${side}-tls`);
  if (security.mechanism === null && given !== null && given !== String(security.tls)) {
    const hint = `${side}-tls belongs to the sasl- methods: leave it out, and choose tls or none in ${side}-auth.`;
    reader.problem(`${side}-tls`, String(security.tls), `${given} with ${security.source}`, hint);
  }
  if (security.mechanism !== null && !security.tls) {
    const what = PLAINTEXT_RISKS[security.mechanism] ?? 'nothing is encrypted';
    reader.notice(`${side}: SASL over plaintext (${security.source}): ${what}.`);
  }
}

/** Inputs and properties that say the same thing; a `*-properties` file and a single input may not both say it. */
const SAME_MEANING = [
  ['bootstrap-servers', ['bootstrap.servers']],
  ['auth', ['security.protocol', 'sasl.mechanism']],
  ['tls', ['security.protocol']],
  ['username', ['sasl.jaas.config']],
  ['password', ['sasl.jaas.config']],
  ['ca', ['ssl.truststore.location', 'ssl.truststore.certificates']],
  ['certificate', ['ssl.keystore.location', 'ssl.keystore.certificate.chain']],
  ['key', ['ssl.keystore.location', 'ssl.keystore.key']],
  ['key-password', ['ssl.key.password']],
] as const satisfies readonly (readonly [string, readonly ReadKey[]])[];

export function refuseDoubles(reader: InputReader, side: Side, keys: ReadonlySet<ReadKey>): void {
  for (const [suffix, properties] of SAME_MEANING) {
    const name: InputName = `${side}-${suffix}`;
    const double = properties.find((key) => keys.has(key));
    if (double === undefined || !reader.isGiven(name)) continue;
    reader.problem(
      name,
      `either ${name} or ${double} in ${side}-properties`,
      'both',
      'Keep one of the two, so that nobody has to know which wins.',
    );
  }
}

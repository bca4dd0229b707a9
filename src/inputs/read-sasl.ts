import { readRegion } from './aws-region.ts';
import type { InputReader } from './input-reader.ts';
import type { ClientProperties } from './properties/client-properties.ts';
import { LOGIN_MODULES, type LoginFamily } from './properties/login-modules.ts';
import type { Side } from './schema/input-spec.ts';
import { registerSasl } from './secret-forms.ts';
import type { IamSaslInputs, PasswordSaslInputs, SaslInputs } from './typed-inputs.ts';

/** What decides about the sign-in of one side. */
export interface SaslSources {
  readonly reader: InputReader;
  readonly side: Side;
  readonly properties: ClientProperties | null;
  /** null: unknown, since a problem was reported. */
  readonly bootstrapServers: readonly string[] | null;
}

/** @param source what asks for the mechanism, for messages. */
export function readSasl(sources: SaslSources, mechanism: SaslInputs['mechanism'], source: string): SaslInputs {
  checkLoginModule(sources, mechanism);
  return mechanism === 'iam' ? readIam(sources, source) : readPassword(sources, mechanism);
}

function readIam({ reader, side, properties, bootstrapServers }: SaslSources, source: string): IamSaslInputs {
  const login = properties?.login ?? null;
  const profile = login?.family === 'iam' ? login.profile : null;
  const region = readRegion(reader, side, source, bootstrapServers);
  return { mechanism: 'iam', region, ...(profile === null ? {} : { profile }) };
}

function readPassword(
  { reader, side, properties }: SaslSources,
  mechanism: PasswordSaslInputs['mechanism'],
): PasswordSaslInputs {
  const login = properties?.login ?? null;
  const jaas = login === null || login.family === 'iam' ? null : login;
  const username = reader.given(`${side}-username`) ?? jaas?.username ?? null;
  const password = reader.given(`${side}-password`) ?? jaas?.password ?? null;
  const jaasIsSaid = properties?.keys.has('sasl.jaas.config') === true;
  for (const [part, value] of [['username', username] as const, ['password', password] as const]) {
    if (value !== null || jaasIsSaid || !reader.secretsNeeded) continue;
    const hint = `Give ${side}-username and ${side}-password, or sasl.jaas.config in ${side}-properties.`;
    reader.problem(`${side}-${part}`, `a ${part} for SASL (${mechanism})`, 'nothing', hint);
  }
  if (username !== null && password !== null) registerSasl(reader, username, password);
  return { mechanism, username: username ?? '', password: password ?? '' };
}

function checkLoginModule({ reader, side, properties }: SaslSources, mechanism: SaslInputs['mechanism']): void {
  const seen = properties?.login?.family;
  const wanted: LoginFamily = mechanism === 'plain' || mechanism === 'iam' ? mechanism : 'scram';
  if (seen === undefined || seen === wanted) return;
  const expected = `${LOGIN_MODULES[wanted]} in sasl.jaas.config, for ${mechanism}`;
  const hint = 'Mechanism and login module belong together.';
  reader.problem(`${side}-properties`, expected, LOGIN_MODULES[seen], hint);
}

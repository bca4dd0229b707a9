/** Lets the worker validate configs, and says what is missing on it. Writes nothing. */
import type { ConnectorProblem } from '../domain/connectors/config-problems.ts';
import type { ConfigMap, ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { MigrationError } from '../errors.ts';
import type { CallBounds, ConfigProblem, ConnectApi, InstalledPlugin } from './connect-port.ts';

/** Every connector is validated before anything is written, so that one bad file changes nothing. */
export async function validateConnectors(
  connect: ConnectApi,
  connectors: readonly ConnectorConfig[],
  bounds: CallBounds,
): Promise<readonly ConnectorProblem[]> {
  const problems: ConnectorProblem[] = [];
  const installed = new Installed(connect, bounds);
  for (const connector of connectors) {
    for (const problem of await connect.validate(connector.class, connector.config, bounds)) {
      problems.push(await explain(connector, problem, installed));
    }
  }
  return problems;
}

async function explain(
  connector: ConnectorConfig,
  { key, message }: ConfigProblem,
  installed: Installed,
): Promise<ConnectorProblem> {
  const base = { connector, key };
  if (key === null && /^Failed to find any class that implements Connector/.test(message)) {
    const names = await installed.classes(['source', 'sink']);
    const missing = `connector.class: ${connector.class} is not installed on the worker`;
    return {
      ...base,
      key: 'connector.class',
      message: names === '' ? message : `${missing}; it has ${names}.`,
      hint: INSTALL,
    };
  }
  const value = key === null ? undefined : connector.config[key];
  const type = key === null ? null : pluginType(key);
  if (type !== null && /could not be found/.test(message)) {
    const names = await installed.classes([type]);
    const there = names === '' ? '' : ` The worker has ${names}.`;
    return { ...base, message: `${value ?? 'the class'} is not installed on the worker.${there}`, hint: INSTALL };
  }
  if (value !== undefined && hasPlaceholder(value) && message.includes(value)) {
    return { ...base, message: `${message} The worker took the reference as it stands.`, hint: UNRESOLVED };
  }
  return { ...base, message, hint: null };
}

const INSTALL = 'Correct the class, or install it on every worker; nothing was changed.';
const UNRESOLVED =
  'The variable, or the key in the file, is not there on the worker, or its config.providers lacks the provider.';

export function hasPlaceholder(value: string): boolean {
  return /\$\{[^}:]*:[^}]*\}/.test(value);
}

function pluginType(key: string): string | null {
  if (key === 'header.converter') return 'header_converter';
  if (key === 'key.converter' || key === 'value.converter') return 'converter';
  if (/^transforms\.[^.]+\.type$/.test(key)) return 'transformation';
  return /^predicates\.[^.]+\.type$/.test(key) ? 'predicate' : null;
}

/** Asked for only when something is missing, and once. */
class Installed {
  readonly #connect: ConnectApi;
  readonly #bounds: CallBounds;
  #plugins: Promise<readonly InstalledPlugin[]> | null = null;

  constructor(connect: ConnectApi, bounds: CallBounds) {
    this.#connect = connect;
    this.#bounds = bounds;
  }

  /** Comma-separated; empty when the worker does not tell (before Connect 3.2 it lists connectors alone). */
  async classes(types: readonly string[]): Promise<string> {
    this.#plugins ??= this.#connect.plugins(this.#bounds).catch((error: unknown) => {
      if (error instanceof MigrationError) return [];
      throw error;
    });
    const found = (await this.#plugins).filter(({ type }) => types.includes(type));
    return [...new Set(found.map((plugin) => plugin.class))].sort().join(', ');
  }
}

export type PlaceholderProof =
  /** The provider is configured, and may read that path. */
  | { readonly kind: 'provider-there' }
  /** The worker leaves the reference as it stands, as far as can be asked. */
  | { readonly kind: 'provider-silent' }
  /** A provider that cannot be asked without its answer holding a secret. */
  | { readonly kind: 'not-askable' };

const PROBE_CLASS = 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector';
const PROBE = 'mm2-migration-probe';

/**
 * Whether a provider is there, asked by a reference that it must refuse: Kafka's EnvVarConfigProvider takes no path, and
 * its FileConfigProvider cannot read a file below a file. The reference stands in a key that no connector has, whose
 * value no answer shows, and names nothing that exists: no secret can come back. A key that is missing in a file, and a
 * variable that is not set, cannot be asked for like this: Connect leaves such a reference as it stands, without a word.
 */
export async function proveProvider(
  connect: ConnectApi,
  reference: { readonly provider: string; readonly path: string | null },
  bounds: CallBounds,
): Promise<PlaceholderProof> {
  const probe = probeOf(reference);
  if (probe === null) return { kind: 'not-askable' };
  const config: ConfigMap = { name: PROBE, 'connector.class': PROBE_CLASS, 'mm2.migration.probe': probe };
  const problems = await connect.validate(PROBE_CLASS, config, bounds);
  const refused = problems.some(({ key, message }) => key === null && REFUSED.test(message));
  if (refused) return { kind: 'provider-there' };
  // An answer to the config itself means that it got past the references.
  return problems.some(({ key }) => key === null) ? { kind: 'not-askable' } : { kind: 'provider-silent' };
}

const REFUSED = /Path is not supported for EnvVarConfigProvider|Could not read properties from file/;

function probeOf({ provider, path }: { readonly provider: string; readonly path: string | null }): string | null {
  if (provider === 'env' && path === null) return `\${env:${PROBE}:${PROBE}}`;
  return provider === 'file' && path !== null ? `\${file:${path}/${PROBE}:${PROBE}}` : null;
}

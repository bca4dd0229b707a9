/** Whether the references of configs (`${env:X}`, `${file:P:K}`) can be resolved, as far as that can be asked for. */
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import type { Finding } from '../report/report-model.ts';
import type { CallBounds, ConnectApi } from './connect-port.ts';
import type { Log } from './ports.ts';
import { proveProvider } from './validate-connectors.ts';

interface Reference {
  readonly provider: string;
  readonly path: string | null;
  /** First place, for the message. */
  readonly connector: ConnectorConfig;
  readonly key: string;
}

/** ConfigTransformer.DEFAULT_PATTERN. */
const REFERENCE = /\$\{([^}]*?):(?:([^}]*?):)?([^}]*?)\}/g;

/**
 * A warning for each provider and path that the worker seems not to have, a notice for each that is not asked. That a
 * file can be read is proven by the validation itself, which fails otherwise. Only the worker that answers is asked.
 */
export async function provePlaceholders(
  connect: ConnectApi,
  connectors: readonly ConnectorConfig[],
  bounds: CallBounds,
  log: Log,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const references = referencesOf(connectors);
  const unknown = new Map<string, Reference>();
  if (references.length > 0) log.info(WHAT_CANNOT_BE_ASKED);
  for (const reference of references) {
    const proof = await proveProvider(connect, reference, bounds);
    if (proof.kind === 'provider-silent') findings.push(silent(reference));
    if (proof.kind === 'not-askable' && !unknown.has(reference.provider)) unknown.set(reference.provider, reference);
  }
  return [...findings, ...[...unknown.values()].map(notAsked)];
}

const WHAT_CANNOT_BE_ASKED =
  'References to secrets: of the providers env and file, it is asked whether the worker has them, and may read the file. Whether a variable is set, or a key is in a file, is not, nor any other provider: the worker would answer with the value. A reference that it cannot resolve stays as text, and the connector fails to sign in.';

function referencesOf(connectors: readonly ConnectorConfig[]): readonly Reference[] {
  const found = new Map<string, Reference>();
  for (const connector of connectors) {
    for (const [key, value] of Object.entries(connector.config)) {
      for (const [, provider = '', path = null] of value.matchAll(REFERENCE)) {
        const id = JSON.stringify([provider, path]);
        if (!found.has(id)) found.set(id, { provider, path, connector, key });
      }
    }
  }
  return [...found.values()];
}

function silent({ provider, path, connector, key }: Reference): Finding {
  const { name, file, lines } = connector;
  const what = path === null ? `\${${provider}:…}` : `\${${provider}:${path}:…}`;
  const why =
    path === null
      ? `config.providers has no "${provider}"`
      : `config.providers has no "${provider}", or it may not read that path (allowed.paths)`;
  return {
    rule: 'placeholder-unresolved',
    severity: 'warning',
    where: `${name}: ${key}`,
    message: `The worker seems to leave ${what} as it stands: ${why}.`,
    hint: "Add it to the worker's properties, or make sure that the provider of that name is one of another kind.",
    at: placeIn({ file, lines }, key),
  };
}

function notAsked({ provider, connector, key }: Reference): Finding {
  return {
    rule: 'placeholder-not-asked',
    severity: 'notice',
    where: `${connector.name}: ${key}`,
    message: `Nothing is known of \${${provider}:…}: a worker cannot be asked for this provider without a secret in its answer.`,
    hint: `Make sure that config.providers of every worker has "${provider}", and that it may read the secret.`,
    at: placeIn(connector, key),
  };
}

function placeIn({ file, lines }: Pick<ConnectorConfig, 'file' | 'lines'>, key: string): Finding['at'] {
  return file === 'generated' ? undefined : { file, line: lines.get(key) ?? null };
}

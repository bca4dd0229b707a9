/** The clients that a connector's keys configure, one for each prefix that takes security settings. */
import { isPlaceholder } from '../redact.ts';
import type { LintView } from './lint-view.ts';
import type { LintedConnector } from './linted-connector.ts';

export interface ClientSide {
  readonly connector: LintedConnector;
  readonly prefix: string;
  /** In capitals; null where only the worker knows it. */
  readonly protocol: string | null;
  /** A setting without blanks around it; null when it is not there. */
  get(key: string): string | null;
  /** Full keys of the side that begin so after the prefix. */
  keys(start: string): readonly string[];
}

const PREFIXES = ['source.cluster.', 'target.cluster.', 'producer.override.'];

/** The worker's own clients, and those of its connectors: none of them takes the settings of another. */
const WORKER_PREFIXES = ['', 'producer.', 'consumer.', 'admin.'];
const SECURITY_KEY = /^(?:security\.protocol$|sasl\.|ssl\.)/;

export function clientSides(view: LintView): readonly ClientSide[] {
  const ofWorkers = view.workers.flatMap((worker) =>
    WORKER_PREFIXES.filter((prefix) => securityKeys(worker, prefix).length > 0).map((prefix) => side(worker, prefix)),
  );
  const ofConnectors = view
    .of('source', 'checkpoint', 'heartbeat')
    .flatMap((connector) =>
      PREFIXES.filter((prefix) => connector.entries.some(([key]) => key.startsWith(prefix))).map((prefix) =>
        side(connector, prefix),
      ),
    );
  return [...ofConnectors, ...ofWorkers];
}

/** Names of the security settings behind a prefix, without it. */
export function securityKeys(connector: LintedConnector, prefix: string): readonly string[] {
  return connector.entries
    .filter(([key]) => key.startsWith(prefix))
    .map(([key]) => key.slice(prefix.length))
    .filter((name) => SECURITY_KEY.test(name));
}

export function usesSasl({ protocol }: ClientSide): boolean {
  return protocol?.startsWith('SASL_') ?? false;
}

export function usesTls({ protocol }: ClientSide): boolean {
  return protocol === 'SSL' || protocol === 'SASL_SSL';
}

function side(connector: LintedConnector, prefix: string): ClientSide {
  const get = (key: string) => connector.given(prefix + key)?.trim() ?? null;
  // The data producer takes what it is not given from the worker.
  const protocol = get('security.protocol') ?? (prefix === 'producer.override.' ? null : 'PLAINTEXT');
  return {
    connector,
    prefix,
    protocol: protocol === null || isPlaceholder(protocol) ? null : protocol.toUpperCase(),
    get,
    keys: (start) => connector.entries.map(([key]) => key).filter((key) => key.startsWith(prefix + start)),
  };
}

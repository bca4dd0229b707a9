/** What an operation needs from a Connect worker. Everything that comes out of it is already free of secrets, but for
 * the configs themselves, which are compared and sent, never shown. */
import type { ConfigMap } from '../domain/connectors/connector-config.ts';
import type { ConnectorStatus } from '../domain/connectors/connector-health.ts';
import type { ConnectorState } from '../domain/connectors/connector-state.ts';

export interface CallBounds {
  /** Milliseconds since the epoch: no call or retry goes on after it. */
  readonly deadlineAt: number;
  /** Ends a call at once with MigrationError(CANCELLED). */
  readonly signal: AbortSignal;
}

export interface WorkerInfo {
  /** Version of Connect, and so of MM2. */
  readonly version: string;
  /** Cluster that holds the worker's own topics; null from workers that do not say it. */
  readonly kafkaClusterId: string | null;
}

export interface ConnectorSnapshot {
  readonly config: ConfigMap;
  readonly status: ConnectorStatus | null;
}

export interface ConfigProblem {
  /** null when the worker refused the config as a whole, e.g. an unknown class. */
  readonly key: string | null;
  readonly message: string;
}

/** What a source connector has stored as its place: each partition and offset are maps of the connector's own. */
export type ConnectorOffsets =
  | { readonly kind: 'offsets'; readonly entries: readonly ConnectorOffset[] }
  | { readonly kind: 'no-connector' }
  /** Connect before 3.5 has no such endpoint (KIP-875). */
  | { readonly kind: 'unsupported' };

export interface ConnectorOffset {
  readonly partition: Readonly<Record<string, unknown>>;
  readonly offset: Readonly<Record<string, unknown>>;
}

/** `found-stored`: the answer was lost, and reading the config back showed that the write had happened. */
export type PutOutcome = 'created' | 'updated' | 'found-stored';

/** `found-stored`: as above, or somebody had created the very same. */
export type CreateOutcome = 'created' | 'found-stored';

export interface InstalledPlugin {
  readonly class: string;
  /** `source`, `sink`, `converter`, `header_converter`, `transformation`, `predicate`. */
  readonly type: string;
}

/**
 * Connect's REST API. Errors: MigrationError CONNECT_UNREACHABLE, CONNECT_AUTHENTICATION, CONNECT_REQUEST,
 * CONNECT_CONFLICT (rebalancing until the deadline), CONNECT_INVALID_CONFIG, DEADLINE_EXCEEDED, CANCELLED.
 */
export interface ConnectApi {
  readonly url: string;
  worker(bounds: CallBounds): Promise<WorkerInfo>;
  /** Connectors that the worker lists in full; one that was just created may be left out (no status yet). */
  connectors(bounds: CallBounds): Promise<ReadonlyMap<string, ConnectorSnapshot>>;
  /** null = proven absent. */
  connectorConfig(name: string, bounds: CallBounds): Promise<ConfigMap | null>;
  /** null = absent, or no status yet. */
  connectorStatus(name: string, bounds: CallBounds): Promise<ConnectorStatus | null>;
  /** As of the last flush: up to `offset.flush.interval.ms` (60 s by default) behind what is copied. */
  connectorOffsets(name: string, bounds: CallBounds): Promise<ConnectorOffsets>;
  /** All that the worker objects to; empty when it takes the config. Writes nothing. */
  validate(connectorClass: string, config: ConfigMap, bounds: CallBounds): Promise<readonly ConfigProblem[]>;
  /** Creates or replaces. Restarts the tasks even when nothing differs, so compare first (invariant H). */
  putConfig(name: string, config: ConfigMap, bounds: CallBounds): Promise<PutOutcome>;
  /**
   * Creates a connector that is not there, in that state (KIP-980, Connect 3.7). CONNECT_CONFLICT: there is another one
   * of that name by now.
   */
  createConnector(name: string, config: ConfigMap, state: ConnectorState, bounds: CallBounds): Promise<CreateOutcome>;
  /** Asks for a state, which comes later. `stopped` since Connect 3.5 (KIP-875). */
  setState(name: string, state: ConnectorState, bounds: CallBounds): Promise<void>;
  /** The offsets of a source connector outlive it. Returns as well when it is gone already. */
  deleteConnector(name: string, bounds: CallBounds): Promise<void>;
  /** What is installed; before Connect 3.2 connectors alone (KIP-769). */
  plugins(bounds: CallBounds): Promise<readonly InstalledPlugin[]>;
  /** Restarts the connector and its tasks where they are FAILED, nothing else (KIP-745, Connect 3.0). */
  restartFailed(name: string, bounds: CallBounds): Promise<void>;
}

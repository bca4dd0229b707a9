import type { ConnectorConfig } from '../../domain/connectors/connector-config.ts';
import type { CutoverFacts, Phase } from '../../domain/cutover/facts.ts';
import type { GateRules } from '../../domain/cutover/gate-rules.ts';
import type { SlowRegex } from '../../domain/java-regex.ts';
import type { ConnectApi } from '../connect-port.ts';
import type { Clock, Log } from '../ports.ts';
import type { PassDeps } from '../sync-pass.ts';
import type { GateReader } from './gate-ports.ts';
import type { Aliases } from './worker-facts.ts';

/** What a dry pass is told beside its clusters. */
export type PassRules = Omit<
  PassDeps,
  'clusters' | 'target' | 'dryRun' | 'distrust' | 'memory' | 'clock' | 'offsetsExport' | 'signal' | 'onBatch'
>;

export interface GateRequest {
  readonly phase: Phase;
  readonly source: GateReader;
  readonly target: GateReader;
  readonly identity: Omit<CutoverFacts['identity'], 'connectClusterId'>;
  readonly aliases: Aliases;
  /** `replication.policy.separator`. */
  readonly separator: string;
  readonly pass: PassRules;
  readonly activityWindowMs: number;
  /** What is required decides which groups of other shards are looked for. */
  readonly rules: GateRules;
  /** Records of one partition that may be read to count what is left to copy; 0 where none may be read. */
  readonly maxScan: number;
  /** null: no connect-url. */
  readonly connect: ConnectApi | null;
  /** Connectors of the files; null when none are named. */
  readonly desired: readonly ConnectorConfig[] | null;
  readonly rollback: CutoverFacts['rollback'];
  /** Matches patterns of the connectors that no linear engine can express. */
  readonly slowRegex?: SlowRegex;
}

export interface GatePorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The model of a run: what every renderer and report.json show. Contract: docs/schema/report.schema.json, additive. */
import type { ConnectorState } from '../domain/connectors/connector-state.ts';
import type { Phase } from '../domain/cutover/facts.ts';
import type { GroupReadiness } from '../domain/cutover/group-readiness.ts';
import type { CheckResult } from '../domain/cutover/judge-cutover.ts';
import type { Finding } from '../domain/finding.ts';
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import type { Command, Result } from '../domain/verdicts.ts';
import type { ErrorCode } from '../errors.ts';

export { type Finding, SEVERITIES, type Severity } from '../domain/finding.ts';

export const REPORT_SCHEMA_VERSION = 1;

export interface ClusterReport {
  readonly alias: string;
  readonly clusterId: string | null;
}

export const CONNECTOR_CHANGES = ['create', 'update', 'remove', 'none', 'unknown'] as const;
export type ConnectorChange = (typeof CONNECTOR_CHANGES)[number];

export const PENDING_CHANGES = ['create', 'update', 'remove', 'state'] as const;
export type PendingChange = (typeof PENDING_CHANGES)[number];

export interface KeyReport {
  readonly key: string;
  /** Value on the worker, `(hidden)` for a secret; null = the key is not there. */
  readonly before: string | null;
  /** Value that is wanted, as above; null = no file holds the key, so that it goes. */
  readonly after: string | null;
  /** True when one of the two is hidden. That they differ is said; what they are never is. */
  readonly secret: boolean;
}

export interface ConnectorReport {
  readonly name: string;
  readonly class: string;
  /** What was (or, in a plan, would be) done. `unknown` when the worker could not be read. */
  readonly change: ConnectorChange;
  /** What was due and was not done, or was undone again; `state`: another state alone. Null otherwise, and in a plan. */
  readonly pending: PendingChange | null;
  /** Keys that differ, secrets by name only; empty unless `change` is update. */
  readonly changedKeys: readonly string[];
  /** What differs, key by key: every key of a connector that is created or removed. */
  readonly keys: readonly KeyReport[];
  /** State that was asked for; null when none was, and the connector keeps the one it has. */
  readonly wantedState: ConnectorState | null;
  /** State that it was (or, in a plan, would be) brought to from another one; null otherwise. */
  readonly stateChange: ConnectorState | null;
  /** Connect's word, null when not known. */
  readonly state: string | null;
  readonly tasks: readonly { readonly id: number; readonly state: string }[];
  /** Head of a failed connector's or task's trace, redacted; null when nothing failed. */
  readonly trace: string | null;
}

export interface PassReport {
  readonly number: number;
  readonly durationMs: number;
  readonly committed: number;
  readonly unchanged: number;
  readonly pending: number;
  readonly skipped: number;
  readonly failed: number;
  /** Dry run: partitions that a sync would commit. */
  readonly planned: number;
  /** Σ|delta| over the partitions where it is known, after the pass. */
  readonly offsetDelta: bigint;
  /** Partitions whose delta is not known. */
  readonly offsetDeltaUnknown: number;
}

export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
}

export interface ReportModel {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly command: Command;
  readonly result: Result;
  readonly dryRun: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** null while the run goes on (report.json is replaced after each pass) or when it was killed. */
  readonly finishedAt: string | null;
  /** Why the run ended before its work was done, e.g. `cancelled by SIGTERM`; null otherwise. */
  readonly interrupted: string | null;
  /** Share of the groups that this run took, e.g. `2/4`; null for all of them. */
  readonly shard: string | null;
  /** Id of the CI's run that this was part of, by which merging knows what belongs together; null outside of a CI. */
  readonly runId: string | null;
  /** null in target-only mode. */
  readonly source: ClusterReport | null;
  readonly target: ClusterReport;
  readonly connectors: readonly ConnectorReport[];
  /** What `approved-plan` takes; null where there is no complete plan of the connectors. */
  readonly planHash: string | null;
  readonly passes: readonly PassReport[];
  readonly groups: readonly GroupOutcome[];
  /** What the cutover gate was asked; null for a command without it. */
  readonly phase: Phase | null;
  /** Checks of the cutover gate, all of them; empty when it was not asked, or did not get as far. */
  readonly checks: readonly CheckResult[];
  /** What the checks mean for each group; empty as above. */
  readonly readiness: readonly GroupReadiness[];
  readonly findings: readonly Finding[];
  readonly errors: readonly ErrorReport[];
  /** Path of the offsets export of this run; null when nothing was committed. */
  readonly offsetsExport: string | null;
}

/** The rules for connector configs: from what is known of them to findings. Pure, so that it runs on a fork's pull request. */
import type { Finding } from '../../finding.ts';
import type { ConnectorConfig } from '../connector-config.ts';

/** One entry of `lint: ignore:` in the config file. */
export interface LintIgnore {
  /** Id of a rule. */
  readonly rule: string;
  /** Shown in the report. */
  readonly reason: string;
}

/** Everything but the connectors may be unknown: a rule that needs what is null says nothing. */
export interface LintSubject {
  readonly connectors: readonly ConnectorConfig[];
  /** True when this action commits group offsets in this migration, so that MM2 must not. */
  readonly actionSyncsGroups: boolean;
  /** Version of Connect, and so of MM2, from `GET /`. */
  readonly workerVersion: string | null;
  /** Number of brokers of each cluster. */
  readonly brokers: { readonly source: number | null; readonly target: number | null };
  /** Names on the source, to preview what the patterns select. */
  readonly topics: readonly string[] | null;
  readonly groups: readonly string[] | null;
  readonly ignore: readonly LintIgnore[];
}

/** Worst first; each with the file and line of its key where there is one. Never holds a value of a secret key. */
export function lintConnectors(_subject: LintSubject): readonly Finding[] {
  return [];
}

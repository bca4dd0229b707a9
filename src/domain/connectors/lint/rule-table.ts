/** Every rule of the lint, by theme; docs/connectors.md is made from it. */
import type { Rule } from './rule.ts';
import { AGREEMENT_RULES } from './rules/agreement.ts';
import { CLUSTER_RULES } from './rules/clusters.ts';
import { CONVERTER_RULES } from './rules/converters.ts';
import { DUPLICATE_RULES } from './rules/duplicates.ts';
import { EXCLUSION_RULES } from './rules/exclusions.ts';
import { FLOW_PART_RULES } from './rules/flow-parts.ts';
import { GROUP_OFFSET_RULES } from './rules/group-offsets.ts';
import { KEY_RULES } from './rules/keys.ts';
import { PATTERN_RULES } from './rules/patterns.ts';
import { POLICY_RULES } from './rules/policies.ts';
import { PREVIEW_RULES } from './rules/preview.ts';
import { RECORD_RULES } from './rules/records.ts';
import { REPLICATION_FACTOR_RULES } from './rules/replication-factors.ts';
import { RUNTIME_RULES } from './rules/runtime.ts';
import { SASL_RULES } from './rules/sasl.ts';
import { SECRET_RULES } from './rules/secrets.ts';
import { SECURITY_PROTOCOL_RULES } from './rules/security-protocol.ts';
import { THROUGHPUT_RULES } from './rules/throughput.ts';
import { TIMING_RULES } from './rules/timing.ts';
import { TLS_RULES } from './rules/tls.ts';
import { VALUE_RULES } from './rules/values.ts';
import { WORKER_FILE_RULES } from './rules/worker-files.ts';

export interface RuleTheme {
  readonly title: string;
  readonly rules: readonly Rule[];
}

export const RULE_THEMES: readonly RuleTheme[] = [
  { title: 'Converters', rules: CONVERTER_RULES },
  { title: 'Connectors that must agree', rules: AGREEMENT_RULES },
  { title: 'Files of the same connector', rules: DUPLICATE_RULES },
  { title: 'The parts of a flow', rules: FLOW_PART_RULES },
  { title: 'Clusters', rules: CLUSTER_RULES },
  { title: 'Keys without effect', rules: KEY_RULES },
  { title: 'Values and names', rules: VALUE_RULES },
  { title: 'Secrets and placeholders', rules: SECRET_RULES },
  { title: 'Security protocol', rules: SECURITY_PROTOCOL_RULES },
  { title: 'SASL', rules: SASL_RULES },
  { title: 'TLS', rules: TLS_RULES },
  { title: 'Replication policy', rules: POLICY_RULES },
  { title: 'Offsets of groups', rules: GROUP_OFFSET_RULES },
  { title: 'Patterns', rules: PATTERN_RULES },
  { title: 'Exclusions', rules: EXCLUSION_RULES },
  { title: 'Patterns tried on the source', rules: PREVIEW_RULES },
  { title: 'Records', rules: RECORD_RULES },
  { title: 'Intervals and lags', rules: TIMING_RULES },
  { title: 'Throughput', rules: THROUGHPUT_RULES },
  { title: 'Copies', rules: REPLICATION_FACTOR_RULES },
  { title: 'Properties files of workers', rules: WORKER_FILE_RULES },
  { title: 'The version of the worker', rules: RUNTIME_RULES },
];

export const RULE_TABLE: readonly Rule[] = RULE_THEMES.flatMap(({ rules }) => rules);

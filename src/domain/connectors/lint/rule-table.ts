/** Every rule of the lint, by theme; docs/connectors.md is made from it. */
import type { Rule } from './rule.ts';
import { AGREEMENT_RULES } from './rules/agreement.ts';
import { CONVERTER_RULES } from './rules/converters.ts';
import { GROUP_OFFSET_RULES } from './rules/group-offsets.ts';
import { KEY_RULES } from './rules/keys.ts';
import { POLICY_RULES } from './rules/policies.ts';
import { REPLICATION_FACTOR_RULES } from './rules/replication-factors.ts';
import { RUNTIME_RULES } from './rules/runtime.ts';
import { SECRET_RULES } from './rules/secrets.ts';

export interface RuleTheme {
  readonly title: string;
  readonly rules: readonly Rule[];
}

export const RULE_THEMES: readonly RuleTheme[] = [
  { title: 'Converters', rules: CONVERTER_RULES },
  { title: 'Connectors that belong together', rules: AGREEMENT_RULES },
  { title: 'Keys', rules: KEY_RULES },
  { title: 'Secrets and placeholders', rules: SECRET_RULES },
  { title: 'Replication policy', rules: POLICY_RULES },
  { title: 'Offsets of groups', rules: GROUP_OFFSET_RULES },
  { title: 'Copies', rules: REPLICATION_FACTOR_RULES },
  { title: 'The worker', rules: RUNTIME_RULES },
];

export const RULE_TABLE: readonly Rule[] = RULE_THEMES.flatMap(({ rules }) => rules);

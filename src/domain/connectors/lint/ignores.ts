/** What is said of `lint: ignore:` itself: an entry that silences nothing hides that the mistake is gone, or a typo. */
import type { Finding } from '../../finding.ts';
import type { LintIgnore, LintSubject } from './lint.ts';
import { nearest } from './nearest.ts';
import type { Need } from './rule.ts';
import { RULE_TABLE } from './rule-table.ts';

const WHERE = 'lint: ignore';

export const IGNORE_UNKNOWN = 'ignore-unknown-rule';
export const IGNORE_UNUSED = 'ignore-unused';

export function unknownIgnores(ignore: readonly LintIgnore[]): readonly Finding[] {
  const ids = RULE_TABLE.map(({ id }) => id);
  return ignore
    .filter(({ rule }) => !ids.includes(rule))
    .map(({ rule }) => {
      const close = nearest(rule, ids);
      return {
        rule: IGNORE_UNKNOWN,
        severity: 'warning',
        where: WHERE,
        message: `${JSON.stringify(rule)} is no rule, so that nothing is silenced by it.`,
        hint: close === null ? 'docs/connectors.md lists the ids.' : `Did you mean "${close}"?`,
      };
    });
}

/**
 * Not of rules that could not look: in a pull request there may be neither worker nor clusters, and in the run that
 * applies there are. @param used ids of the rules that found something
 */
export function unusedIgnores(subject: LintSubject, used: ReadonlySet<string>): readonly Finding[] {
  const ids = new Set(RULE_TABLE.filter(({ needs }) => isKnown(subject, needs)).map(({ id }) => id));
  return subject.ignore
    .filter(({ rule }) => ids.has(rule) && !used.has(rule))
    .map(({ rule }) => ({
      rule: IGNORE_UNUSED,
      severity: 'notice',
      where: WHERE,
      message: `"${rule}" found nothing to silence; the entry would hide a mistake that comes later.`,
      hint: 'Remove the entry.',
    }));
}

function isKnown({ live, workerVersion, brokers, topics, groups }: LintSubject, needs: readonly Need[]): boolean {
  const known: Readonly<Record<Need, boolean>> = {
    live: live !== null && live !== undefined,
    version: workerVersion !== null,
    brokers: brokers.source !== null && brokers.target !== null,
    names: topics !== null && groups !== null,
  };
  return needs.every((need) => known[need]);
}

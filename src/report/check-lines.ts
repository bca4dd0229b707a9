/** The lines of the log while the gate is judged: what troubles first, with what to do, then what passes in one line. */
import type { CheckResult, CutoverJudgement } from '../domain/cutover/judge-cutover.ts';

export function checkLines({ checks }: Pick<CutoverJudgement, 'checks'>): readonly string[] {
  const warned = checks.flatMap(({ id, warnings }) =>
    warnings.slice(0, MAX_WARNINGS).map((words) => `warning: ${id}: ${words}`),
  );
  const troubled = checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
  const passed = checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
  const left = checks.filter(({ verdict }) => verdict === 'not-asked').map(({ id }) => id);
  return [
    ...troubled.map(troubleLine),
    ...warned,
    ...(passed.length === 0 ? [] : [`pass: ${passed.join(', ')}`]),
    ...(left.length === 0 ? [] : [`not asked: ${left.join(', ')}`]),
  ];
}

const MAX_WARNINGS = 5;

function troubleLine({ verdict, id, seen, threshold, next }: CheckResult): string {
  const against = threshold === null ? '' : ` (threshold: ${threshold})`;
  return `${verdict}: ${id}: ${seen}${against}.${next === null ? '' : ` ${next}`}`;
}

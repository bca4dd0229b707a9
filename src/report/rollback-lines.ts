/** What a rollback is about to do, as lines of the log. Plain text. */
import { count, plural } from './format.ts';

export interface PlannedGroupLine {
  readonly groupId: string;
  readonly commits: number;
  readonly removals: number;
  readonly deletes: boolean;
  readonly inPlace: number;
  readonly leftAlone: number;
}

const MAX_GROUPS = 40;

/** The sum, then each group for which something is to be done. */
export function rollbackPlanLines(groups: readonly PlannedGroupLine[], dryRun: boolean): string[] {
  const sum = (of: (group: PlannedGroupLine) => number) => groups.reduce((total, group) => total + of(group), 0);
  const all = {
    commits: sum(({ commits }) => commits),
    removals: sum(({ removals }) => removals),
    deletions: sum(({ deletes }) => Number(deletes)),
    inPlace: sum(({ inPlace }) => inPlace),
    leftAlone: sum(({ leftAlone }) => leftAlone),
  };
  const lead = dryRun ? 'A rollback would' : 'About to';
  const first = `${lead} ${actions(all)}; ${plural(all.inPlace, 'offset')} in place, ${count(all.leftAlone)} left alone.`;
  const busy = groups.filter(({ commits, removals, deletes }) => commits + removals > 0 || deletes);
  const shown = busy
    .slice(0, MAX_GROUPS)
    .map((group) => `  ${group.groupId}: ${actions({ ...group, deletions: Number(group.deletes) })}`);
  const more = busy.length - shown.length;
  return more > 0 ? [first, ...shown, `  … and ${plural(more, 'more group')}`] : [first, ...shown];
}

function actions(of: { readonly commits: number; readonly removals: number; readonly deletions: number }): string {
  const parts = [
    [of.commits, `restore ${plural(of.commits, 'offset')}`],
    [of.removals, `remove ${count(of.removals)}`],
    [of.deletions, `delete ${plural(of.deletions, 'group')}`],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([, words]) => words);
  return said.length === 0 ? 'restore nothing' : said.join(', ');
}

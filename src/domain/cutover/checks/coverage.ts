import { parsePatternList, splitList } from '../../patterns.ts';
import { type Check, fail, type Gate, noThreshold, type Opinion, ofGroup, ofWhole, unknown } from '../check.ts';
import { coverageOf } from '../coverage-of-group.ts';
import { isExcluded, judgedGroups } from '../judged-groups.ts';

/** Hidden groups and those outside the selection have a check of their own. */
export const coverage: Check = {
  id: 'coverage',
  title: 'every commit on the source has its place on the target',
  next: 'See the reasons of the partitions below for what each one waits for, then run sync and check again.',
  threshold: noThreshold,
  judge(gate) {
    const groups = judgedGroups(gate).filter((group) => !isExcluded(group) && group.hiddenFromMm2 === null);
    const said = groups.map((group) => ofGroup(group, coverageOf(group, gate)));
    const whole = [...requiredButNotSeen(gate), ...unseen(gate)];
    if (said.length === 0 && whole.length === 0 && judgedGroups(gate).length === 0) return [nothingSeen(gate)];
    return [...whole, ...said];
  },
};

function requiredButNotSeen({ facts, rules }: Gate): readonly Opinion[] {
  const ids = facts.groups.map(({ groupId }) => groupId);
  const own = rules.groupRules.filter(({ required }) => required).map(({ groups }) => groups);
  return [rules.requiredGroups, ...own].flatMap((list) =>
    splitList(list.text).flatMap((item) => {
      const parsed = parsePatternList(item);
      // An item that is no pattern by itself is one only with its neighbours (`a\,b`, see PatternList).
      const pattern = 'list' in parsed ? parsed.list : list;
      const isSeen = ids.some((id) => pattern.matches(id));
      if (isSeen) return [];
      const next = 'Check the spelling, and that the group has committed on a migrated topic of the source.';
      return [ofWhole(fail(`required and not seen: ${item}`, next))];
    }),
  );
}

function unseen({ facts }: Gate): readonly Opinion[] {
  const next = 'Grant DESCRIBE on the groups of both sides and make every broker reachable, then check again.';
  return facts.unseenGroups.map((why) => ofWhole(unknown(`groups may be missing: ${why}`, next)));
}

function nothingSeen({ phase }: Gate): Opinion {
  const next = 'Check source-bootstrap-servers, groups and topics, and that the principal may DESCRIBE the groups.';
  const late = ' Where they have expired on the source since the cutover, leave the check out.';
  const seen = 'no group with a commit on a migrated topic was seen';
  return ofWhole(unknown(seen, phase === 'decommission' ? next + late : next));
}

import { type PatternList, parsePatternList, splitList } from '../../patterns.ts';
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
  const missing = [rules.requiredGroups, ...own]
    .flatMap(itemsOf)
    .filter((list) => !ids.some((id) => list.matches(id)))
    .map(({ text }) => text);
  const next = 'Check the spelling, and that the group has committed on a migrated topic of the source.';
  return missing.map((text) => ofWhole(fail(`required and not seen: ${text}`, next)));
}

/** Each item by itself, unless one of them is a pattern only together with its neighbour (`a\,b`, see PatternList). */
function itemsOf(list: PatternList): readonly PatternList[] {
  const items = splitList(list.text).map((item) => parsePatternList(item));
  const lists = items.flatMap((item) => ('list' in item ? [item.list] : []));
  return lists.length === items.length ? lists : [list];
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

import { plural } from '../../figures.ts';
import type { PatternList } from '../../patterns.ts';
import { shardName } from '../../shard.ts';
import { type Check, fail, type Gate, noThreshold, type Opinion, ofGroup, ofWhole, pass, unknown } from '../check.ts';
import { coverageOf } from '../coverage-of-group.ts';
import type { OtherShards } from '../facts.ts';
import { isExcluded, judgedGroups } from '../judged-groups.ts';
import { isName, unseenRequired } from '../required-groups.ts';

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
  const { groups, otherShards } = facts;
  const own = groups.map(({ groupId }) => groupId);
  const missing = unseenRequired(rules, own, otherShards?.shard ?? null);
  return missing.flatMap((item) => missingUnlessElsewhere(item, otherShards));
}

/** A pattern may have its groups in other shards, which judge them. */
function missingUnlessElsewhere(item: PatternList, others: OtherShards | null): Opinion[] {
  const next = 'Check the spelling, and that the group has committed on a migrated topic of the source.';
  const missing = ofWhole(fail(`required and not seen: ${item.text}`, next));
  if (others === null || isName(item)) return [missing];
  if (others.groups.some(({ groupId }) => item.matches(groupId))) return [];
  const unread = others.unread.find((groupId) => item.matches(groupId));
  if (unread === undefined) return [missing];
  const words = `required and not seen: ${item.text}; the offsets of ${unread}, of another shard, could not be read`;
  return [ofWhole(unknown(words, 'Grant DESCRIBE on the groups of all shards, then check again.'))];
}

function unseen({ facts }: Gate): readonly Opinion[] {
  const next = 'Grant DESCRIBE on the groups of both sides and make every broker reachable, then check again.';
  return facts.unseenGroups.map((why) => ofWhole(unknown(`groups may be missing: ${why}`, next)));
}

/** A shard may be empty, as long as there is something to judge in another. */
function nothingSeen({ phase, facts: { otherShards } }: Gate): Opinion {
  const elsewhere = otherShards?.groups.filter(({ isJudgedThere }) => isJudgedThere).length ?? 0;
  if (otherShards !== null && elsewhere > 0) {
    const name = shardName(otherShards.shard);
    return ofWhole(pass(`no group to judge falls into shard ${name}; ${plural(elsewhere, 'group')} seen in others`));
  }
  const next = 'Check source-bootstrap-servers, groups and topics, and that the principal may DESCRIBE the groups.';
  const late = ' Where they have expired on the source since the cutover, leave the check out.';
  const seen = 'no group with a commit on a migrated topic was seen';
  return ofWhole(unknown(seen, phase === 'decommission' ? next + late : next));
}

import { type Check, fail, type Gate, noThreshold, type Opinion, ofGroup, ofWhole, pass, type Seen } from '../check.ts';
import { coverageOf } from '../coverage-of-group.ts';
import type { GroupFacts } from '../facts.ts';
import { isExcluded, isJudged } from '../judged-groups.ts';

/**
 * Groups that nobody would miss before the cutover: left out by the selection, or without checkpoints because MM2
 * leaves them out (excludes, sink connectors, share and streams groups). A sink connector's group is the deadliest.
 */
export const hiddenGroups: Check = {
  id: 'hidden-groups',
  title: 'no group is forgotten',
  next: 'Take it into groups or topics, let MM2 see it (groups, groups.exclude of the checkpoint connector), or move it with its own tool and say so with skip-checks.',
  threshold: noThreshold,
  judge(gate) {
    const hidden = gate.facts.groups.filter((group) => !isExcluded(group) && group.hiddenFromMm2 !== null);
    const judged = hidden
      .filter((group) => isJudged(group, gate))
      .map((group) => ofGroup(group, judgeHidden(group, gate)));
    return [...judged, ...excluded(gate)];
  },
};

function judgeHidden(group: GroupFacts, gate: Gate): Seen {
  const covered = coverageOf(group, gate);
  if (covered.verdict === 'pass') {
    const words = `is hidden from MM2 (${group.hiddenFromMm2}), and covered without it`;
    return pass(words, words);
  }
  return { ...covered, seen: `is hidden from MM2 (${group.hiddenFromMm2}) and ${covered.seen}` };
}

const MAX_NAMED = 5;

function excluded(gate: Gate): readonly Opinion[] {
  const groups = gate.facts.groups.filter(isExcluded);
  const required = groups.filter(({ groupId }) => gate.rulesOf(groupId).required);
  const rest = groups.filter(({ groupId }) => !gate.rulesOf(groupId).required).map(({ groupId }) => groupId);
  const failed = required.map((group) =>
    ofGroup(group, fail('is required, but outside the selection of groups and topics')),
  );
  if (rest.length === 0)
    return failed.length > 0 ? failed : [ofWhole(pass('no group outside the selection has offsets here'))];
  const named = rest.slice(0, MAX_NAMED).join(', ');
  const more = rest.length > MAX_NAMED ? ` and ${rest.length - MAX_NAMED} more` : '';
  const words = `outside the selection, with offsets on migrated topics: ${named}${more}`;
  return [...failed, ofWhole(pass(words, words))];
}

import { partitionKey } from '../../topic-partition.ts';
import {
  type Check,
  fail,
  type Gate,
  noThreshold,
  type Opinion,
  ofGroup,
  ofWhole,
  pass,
  type Seen,
  unknown,
} from '../check.ts';
import type { GroupFacts, RollbackFacts } from '../facts.ts';
import { isExcluded, judgedGroups, movedPartitions, nameOf } from '../judged-groups.ts';

export const rollback: Check = {
  id: 'rollback',
  title: 'an export can undo the sync',
  next: 'Export the offsets before the sync (command export), and name that export in rollback-from.',
  threshold: noThreshold,
  judge(gate): readonly Opinion[] {
    const known = gate.facts.rollback;
    if (known.kind === 'unknown') return [ofWhole(unknown(`the export is not known: ${known.why}`))];
    if (known.value === null) return [ofWhole(withoutExport(gate))];
    const file = known.value;
    const target = gate.facts.identity.target.clusterId;
    if (file.clusterId !== null && target !== null && file.clusterId !== target) {
      return [ofWhole(fail(`${file.file} is of cluster ${file.clusterId}, the target is ${target}`))];
    }
    return [ofWhole(pass(describe(file))), ...uncovered(file, gate)];
  },
};

/** A shard without groups to judge has placed none, and leaves no export of its own. */
function withoutExport(gate: Gate): Seen {
  const isEmptyShard = gate.facts.otherShards !== null && judgedGroups(gate).length === 0;
  return isEmptyShard ? pass('no group to judge falls into this shard') : fail('no export is given');
}

function describe({ file, sha256, toDelete }: RollbackFacts): string {
  return `${file} (sha256 ${sha256.slice(0, 12)}…), ${toDelete} of its partitions had no offset and would be deleted`;
}

function uncovered(file: RollbackFacts, gate: Gate): readonly Opinion[] {
  return judgedGroups(gate)
    .filter((group) => !isExcluded(group))
    .map((group) => ofGroup(group, judgeGroup(group, file)));
}

/** What has no offset on the target needs no undoing. */
function judgeGroup(group: GroupFacts, { covers }: RollbackFacts): Seen {
  const keys = covers.get(group.groupId);
  const missing = movedPartitions(group).filter(({ targetCommitted: { second }, outcome }) => {
    const isThere = second.kind === 'unknown' || second.value !== null;
    return isThere && keys?.has(partitionKey(outcome.topic, outcome.partition)) !== true;
  });
  const [first] = missing;
  if (first === undefined) return pass('can be undone');
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  return fail(`is not in the export for ${nameOf(first)}${more}`);
}

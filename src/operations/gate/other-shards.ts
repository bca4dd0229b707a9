/** Looks beyond the shard, as far as its verdict depends on it; whether what is there is right, its own shard says. */
import { gateOf } from '../../domain/cutover/check.ts';
import type { CutoverFacts, OtherShards } from '../../domain/cutover/facts.ts';
import { judgedGroups } from '../../domain/cutover/judged-groups.ts';
import { isName, unseenRequired } from '../../domain/cutover/required-groups.ts';
import { inShard } from '../../domain/shard.ts';
import { discoverGroups } from '../discover-groups.ts';
import { type PassView, selectsGroup } from '../observe-pass.ts';
import type { GateRequest } from './gate-request.ts';

/**
 * By the lists of the first look, and by offsets that are read now: that a group is listed does not say that it has
 * committed on a migrated topic, and a shard that went by that would rely on another which has nothing either.
 * @param own facts of this shard. null: the run is of all groups.
 */
export async function readOtherShards(
  { pass: { rules: told }, rules }: GateRequest,
  { discovery }: PassView,
  own: CutoverFacts,
): Promise<OtherShards | null> {
  const { selection } = told;
  const { shard } = selection;
  if (shard === null) return null;
  const ids = own.groups.map(({ groupId }) => groupId);
  const patterns = unseenRequired(rules, ids, shard).filter((item) => !isName(item));
  const isEmpty = judgedGroups(gateOf(own, rules)).length === 0;
  if (!isEmpty && patterns.length === 0) return { shard, groups: [], unread: [] };
  const wanted = (groupId: string) => {
    if (inShard(groupId, shard)) return false;
    return (isEmpty && selectsGroup(selection, groupId)) || patterns.some((item) => item.matches(groupId));
  };
  const { groups, unread } = await discoverGroups({ ...discovery, wanted });
  return {
    shard,
    groups: groups.map(({ groupId, hasSourceCommit }) => {
      return { groupId, isJudgedThere: hasSourceCommit && selectsGroup(selection, groupId) };
    }),
    unread: [...new Set(unread.map(({ groupId }) => groupId))],
  };
}

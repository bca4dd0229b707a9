/** Which of the required groups a run has not seen and answers for. */
import { type PatternList, parsePatternList, splitList } from '../patterns.ts';
import { inShard, type Shard } from '../shard.ts';
import type { GateRules } from './gate-rules.ts';

/**
 * Items of `required-groups` and of required rules that none of these groups matches. A name that is spelled out
 * falls into one shard, which judges it; a pattern is every shard's.
 * @param groupIds that the run has seen of its own shard. @param shard null: the run is of all groups.
 */
export function unseenRequired(
  { requiredGroups, groupRules }: Pick<GateRules, 'requiredGroups' | 'groupRules'>,
  groupIds: readonly string[],
  shard: Shard | null,
): readonly PatternList[] {
  const own = groupRules.filter(({ required }) => required).map(({ groups }) => groups);
  return [requiredGroups, ...own]
    .flatMap(itemsOf)
    .filter(({ literals }) => literals.every((name) => inShard(name, shard)))
    .filter((item) => !groupIds.some((id) => item.matches(id)));
}

/** No group of another shard can stand for it. */
export function isName({ literals }: PatternList): boolean {
  return literals.length > 0;
}

/** Each item by itself, unless one of them is a pattern only together with its neighbour (`a\,b`, see PatternList). */
function itemsOf(list: PatternList): readonly PatternList[] {
  const items = splitList(list.text).map((item) => parsePatternList(item));
  const lists = items.flatMap((item) => ('list' in item ? [item.list] : []));
  return lists.length === items.length ? lists : [list];
}

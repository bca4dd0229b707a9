/** Which topics and groups a run is about, as the inputs say. */
import type { PatternList } from '../domain/patterns.ts';
import type { Shard } from '../domain/shard.ts';

export interface Selection {
  readonly topics: PatternList;
  readonly topicsExclude: PatternList;
  readonly groups: PatternList;
  readonly groupsExclude: PatternList;
  readonly shard: Shard | null;
}

export function selectsTopic({ topics, topicsExclude }: Selection, sourceTopic: string): boolean {
  return topics.matches(sourceTopic) && !topicsExclude.matches(sourceTopic);
}

export function selectsGroup({ groups, groupsExclude }: Selection, groupId: string): boolean {
  return groups.matches(groupId) && !groupsExclude.matches(groupId);
}

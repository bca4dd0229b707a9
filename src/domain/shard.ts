/** A stable share of the groups: the same group falls into the same shard in every run (FNV-1a over code units). */
export interface Shard {
  /** One-based. */
  readonly index: number;
  readonly count: number;
}

/** `2/4`, as the input is written. */
export function shardName({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** null: not the name of a shard. */
export function shardOfName(name: string | null): Shard | null {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(name ?? '') ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count)) return null;
  return { index: Number(index), count: Number(count) };
}

export function inShard(groupId: string, shard: Shard | null): boolean {
  if (shard === null) return true;
  let hash = 0x811c9dc5;
  for (let i = 0; i < groupId.length; i++) {
    hash = Math.imul(hash ^ groupId.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash % shard.count === shard.index - 1;
}

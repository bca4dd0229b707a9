/** Kafka's requests nest partitions in topics; ours are flat. */
export function byTopic<T extends { readonly topic: string }>(
  items: readonly T[],
): readonly (readonly [string, T[]])[] {
  const topics = new Map<string, T[]>();
  for (const item of items) {
    const known = topics.get(item.topic);
    if (known === undefined) topics.set(item.topic, [item]);
    else known.push(item);
  }
  return [...topics];
}

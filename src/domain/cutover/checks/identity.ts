import { type Check, fail, type Gate, noThreshold, type Opinion, ofWhole, pass, type Seen, unknown } from '../check.ts';

/** Invariant K. A rehearsal may do without pins; what cannot be undone may not. */
export const identity: Check = {
  id: 'identity',
  title: 'these are the clusters that are meant',
  next: 'Correct the addresses or the pins source-cluster-id and target-cluster-id.',
  threshold: noThreshold,
  judge(gate): readonly Opinion[] {
    const { source, target, connectClusterId } = gate.facts.identity;
    const seen = [judgeSide('source', gate), judgeSide('target', gate)];
    if (source.clusterId !== null && source.clusterId === target.clusterId) {
      seen.push(fail(`source and target are both cluster ${source.clusterId}`));
    }
    // Without connect-url there is nothing to compare; whether the connectors run is another check's case.
    const worker = connectClusterId.kind === 'known' ? connectClusterId.value : null;
    if (worker !== null && target.clusterId !== null && worker !== target.clusterId) {
      seen.push(fail(`the Connect worker belongs to cluster ${worker}, the target is ${target.clusterId}`));
    }
    return seen.map(ofWhole);
  },
};

function judgeSide(side: 'source' | 'target', { facts, phase }: Gate): Seen {
  const { clusterId, pinned } = facts.identity[side];
  if (clusterId === null) return unknown(`the ${side} does not tell its cluster id`);
  if (pinned === null) {
    const words = `the ${side} is cluster ${clusterId}, which nothing pins`;
    return phase === 'rehearse'
      ? pass(words)
      : unknown(words, `If it is the right one, pin it: ${side}-cluster-id: ${clusterId}.`);
  }
  if (pinned !== clusterId) return fail(`the ${side} is cluster ${clusterId}, pinned is ${pinned}`);
  return pass(`the ${side} is cluster ${clusterId} as pinned`);
}

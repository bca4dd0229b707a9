import { span } from '../../figures.ts';
import { type Check, fail, ofWhole, pass, type Seen, unknown } from '../check.ts';
import type { CutoverFacts } from '../facts.ts';

/** MM2 emits one a second; a minute leaves room for a busy worker and for clocks that differ a little. */
const MAX_HEARTBEAT_AGE_MS = 60_000;

export const heartbeat: Check = {
  id: 'heartbeat',
  title: 'heartbeats of the source arrive on the target',
  next: 'Look at the heartbeat connector and at the source connector, which copies its topic.',
  threshold: () => `at most ${span(MAX_HEARTBEAT_AGE_MS)} old`,
  judge: ({ facts }) => [ofWhole(judgeNewest(facts))],
};

function judgeNewest({ heartbeat: seen, nowMs }: CutoverFacts): Seen {
  if (seen.kind === 'unknown') return unknown(`the heartbeats are not known: ${seen.why}`);
  const { newestAtMs } = seen.value;
  if (newestAtMs === null) return unknown('no heartbeat of the source has arrived on the target', WRITE_TO_SOURCE);
  const ageMs = Math.max(0, nowMs - newestAtMs);
  const words = `the newest one is ${span(ageMs)} old`;
  return ageMs > MAX_HEARTBEAT_AGE_MS ? fail(words) : pass(words);
}

const WRITE_TO_SOURCE =
  'The heartbeat connector must write to the source: set producer.override.bootstrap.servers and target.cluster.bootstrap.servers to the source, or leave the check out.';

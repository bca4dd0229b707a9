import { span } from '../../figures.ts';
import { type Check, fail, type Gate, ofWhole, pass, type Seen, unknown } from '../check.ts';

/** Offsets of groups without members expire on the target: what is committed too early is gone at the cutover. */
export const offsetsRetention: Check = {
  id: 'offsets-retention',
  title: 'the target keeps the offsets until the cutover',
  next: 'Raise offsets.retention.minutes on the target, cut over sooner (cutover-within), or commit them again with sync and refresh.',
  threshold: ({ rules }) => `at least ${span(rules.cutoverWithinMs)}`,
  judge: (gate) => [ofWhole(judgeRetention(gate))],
};

function judgeRetention({ facts, rules }: Gate): Seen {
  const minutes = facts.targetOffsetsRetentionMinutes;
  if (minutes.kind === 'unknown') {
    return unknown(
      `offsets.retention.minutes is not known: ${minutes.why}`,
      'Grant DESCRIBE_CONFIGS on the cluster of the target.',
    );
  }
  const words = `offsets.retention.minutes of the target is ${minutes.value} (${span(minutes.value * 60_000)})`;
  return minutes.value * 60_000 < rules.cutoverWithinMs ? fail(words) : pass(words);
}

import { count, span } from '../../figures.ts';
import { type Check, fail, type Gate, ofTopic, pass, type Seen, unknown, worst } from '../check.ts';
import type { TopicPartitionFacts } from '../facts.ts';

export const appends: Check = {
  id: 'appends',
  title: 'nothing is written to the source any more',
  next: 'Stop the producers of the topic on the source; where they are to go on, leave this check out with skip-checks.',
  threshold: ({ rules }) => `no new record within ${span(rules.activityWindowMs)}`,
  judge: (gate) =>
    gate.facts.topics.map((topic) =>
      ofTopic(topic, worst([...topic.partitions.map(judgePartition), ...tooShort(gate)], pass('has no partition'))),
    ),
};

function tooShort({ facts, rules }: Gate): readonly Seen[] {
  if (facts.windowMs >= rules.activityWindowMs) return [];
  return [unknown('was not watched for the whole window', 'Let the run go on for the whole activity-window.')];
}

function judgePartition({ partition, sourceEnd: { first, second } }: TopicPartitionFacts): Seen {
  if (first.kind === 'unknown') return unknown(`may be written to on partition ${partition}: ${first.why}`);
  if (second.kind === 'unknown') return unknown(`may be written to on partition ${partition}: ${second.why}`);
  if (second.value === first.value) return pass('stands still');
  const by = second.value - first.value;
  return fail(by > 0n ? `grew by ${count(by)} on partition ${partition}` : `was cut on partition ${partition}`);
}

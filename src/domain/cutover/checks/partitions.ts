import { plural } from '../../figures.ts';
import { type Check, fail, noThreshold, ofTopic, pass, type Seen, unknown } from '../check.ts';
import type { TopicFacts } from '../facts.ts';

export const partitions: Check = {
  id: 'partitions',
  title: 'the target has every partition of the source',
  next: 'Let MM2 refresh its topics (refresh.topics.interval.seconds), or add the partitions.',
  threshold: noThreshold,
  judge: ({ facts }) => facts.topics.map((topic) => ofTopic(topic, judgeTopic(topic))),
};

function judgeTopic({ sourcePartitionCount: source, targetPartitionCount: target, topic }: TopicFacts): Seen {
  if (source.kind === 'unknown') return unknown(`has an unknown number of partitions on the source: ${source.why}`);
  if (target.kind === 'unknown') return unknown(`has an unknown number of partitions on the target: ${target.why}`);
  if (target.value === null) return fail(`is not on the target (as ${topic})`, CREATE);
  const words = `has ${plural(target.value, 'partition')} on the target, ${source.value} on the source`;
  if (target.value < source.value) return fail(words);
  if (target.value === source.value) return pass(words);
  return pass(words, `${words}: records of one key will go to another partition than before`);
}

const CREATE = 'Check topics of the source connector and the replication policy, then let MM2 create the topic.';

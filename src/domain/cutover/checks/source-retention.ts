import { plural } from '../../figures.ts';
import { type Check, fail, ofTopic, pass, type Seen, unknown, worst } from '../check.ts';
import type { TopicPartitionFacts } from '../facts.ts';

export const sourceRetention: Check = {
  id: 'source-retention',
  title: 'retention deleted nothing before it was copied',
  next: 'What expired is lost for the target. Raise retention on the source so that MM2 can keep up, and decide whether the groups may miss these records.',
  threshold: () => '0 offsets',
  judge: ({ facts }) =>
    facts.topics.map((topic) => ofTopic(topic, worst(topic.partitions.map(judgePartition), pass('lost nothing')))),
};

function judgePartition({ partition, lostToRetention }: TopicPartitionFacts): Seen {
  if (lostToRetention.kind === 'unknown') {
    return unknown(`may have lost records of partition ${partition}: ${lostToRetention.why}`, ASK_CONNECT);
  }
  const lost = lostToRetention.value;
  if (lost === 0n) return pass('lost nothing');
  return fail(`lost up to ${plural(lost, 'record')} of partition ${partition} before MM2 copied them`);
}

const ASK_CONNECT = 'Give connect-url: Connect 3.5 or later tells how far MM2 has copied.';

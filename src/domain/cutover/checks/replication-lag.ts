import { plural } from '../../figures.ts';
import { type Check, fail, type Gate, ofTopic, ofWhole, pass, type Seen, unknown, worst } from '../check.ts';
import type { TopicPartitionFacts } from '../facts.ts';

/** Data records, not offsets: markers of transactions are never copied. */
export const replicationLag: Check = {
  id: 'replication-lag',
  title: 'the records are copied',
  next: 'Wait until MM2 has caught up; if the lag stays, look at the tasks of the source connector and its tasks.max.',
  threshold: (gate) => `at most ${plural(allowed(gate), 'record')} a partition`,
  judge(gate) {
    const { topics } = gate.facts;
    if (topics.length === 0)
      return [ofWhole(unknown('no migrated topic was seen', 'Check topics and topics-exclude.'))];
    return topics.map((topic) =>
      ofTopic(
        topic,
        worst(
          topic.partitions.map((one) => judgePartition(one, allowed(gate))),
          pass('has no partition'),
        ),
      ),
    );
  },
};

/** The source goes away for good: what is not copied by then is lost. */
function allowed({ phase, rules }: Gate): bigint {
  return phase === 'decommission' ? 0n : rules.maxReplicationLag;
}

function judgePartition({ partition, lagRecords }: TopicPartitionFacts, most: bigint): Seen {
  if (lagRecords.kind === 'unknown') {
    return unknown(`may be behind on partition ${partition}: ${lagRecords.why}`, ASK_CONNECT);
  }
  const words = `is ${plural(lagRecords.value, 'record')} behind on partition ${partition}`;
  return lagRecords.value > most ? fail(words) : pass(lagRecords.value === 0n ? 'is copied to its end' : words);
}

const ASK_CONNECT =
  'Give connect-url (Connect 3.5 or later tells how far MM2 has copied), and READ on the source topics.';

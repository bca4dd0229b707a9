import { plural } from '../../figures.ts';
import { type Check, fail, ofTopic, ofWhole, pass, type Seen, unknown, worst } from '../check.ts';
import type { CutoverFacts, TopicPartitionFacts } from '../facts.ts';
import type { GateRules } from '../gate-rules.ts';

/** Data records, not offsets: markers of transactions are never copied. */
export const replicationLag: Check = {
  id: 'replication-lag',
  title: 'the records are copied',
  next: 'Wait until MM2 has caught up; if the lag stays, look at the tasks of the source connector and its tasks.max.',
  threshold: (gate) => `at most ${plural(allowedLag(gate.phase, gate.rules), 'record')} a partition`,
  judge(gate) {
    const { topics } = gate.facts;
    const most = allowedLag(gate.phase, gate.rules);
    if (topics.length === 0)
      return [ofWhole(unknown('no migrated topic was seen', 'Check topics and topics-exclude.'))];
    return topics.map((topic) =>
      ofTopic(
        topic,
        worst(
          topic.partitions.map((one) => judgePartition(one, most)),
          pass('has no partition'),
        ),
      ),
    );
  },
};

/** The source goes away for good: what is not copied by then is lost. */
export function allowedLag(phase: CutoverFacts['phase'], rules: Pick<GateRules, 'maxReplicationLag'>): bigint {
  return phase === 'decommission' ? 0n : rules.maxReplicationLag;
}

function judgePartition({ partition, lagRecords, sourceEnd }: TopicPartitionFacts, most: bigint): Seen {
  if (lagRecords.kind === 'unknown') {
    return unknown(`may be behind on partition ${partition}: ${lagRecords.why}`, ASK_CONNECT);
  }
  const words = `is ${plural(lagRecords.value, 'record')} behind on partition ${partition}`;
  if (lagRecords.value > most) return fail(words);
  return pass(lagRecords.value === 0n ? copiedWords(sourceEnd) : words);
}

/** What came while the check went on is not counted in a rehearsal or a cutover. */
function copiedWords({ first, second }: TopicPartitionFacts['sourceEnd']): string {
  const stood = first.kind === 'known' && second.kind === 'known' && first.value === second.value;
  return stood ? 'is copied to its end' : 'is copied to where it ended when the check began';
}

const ASK_CONNECT =
  'Give connect-url (Connect 3.5 or later tells how far MM2 has copied), and READ on the source topics.';

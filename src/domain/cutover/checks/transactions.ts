import { type Check, fail, type Gate, noThreshold, ofTopic, pass, type Seen, unknown } from '../check.ts';
import type { TopicFacts } from '../facts.ts';

/** MM2 reads uncommitted unless told otherwise: then records of aborted transactions become real on the target. */
export const transactions: Check = {
  id: 'transactions',
  title: 'aborted transactions are not copied',
  next: 'Set source.consumer.isolation.level to read_committed on the source connector; aborted records that are on the target already stay there.',
  threshold: noThreshold,
  judge: (gate) => gate.facts.topics.map((topic) => ofTopic(topic, judgeTopic(topic, gate))),
};

function judgeTopic({ transactional }: TopicFacts, { facts: { connect } }: Gate): Seen {
  const isolation = connect.kind === 'known' ? connect.value.isolationLevel : connect;
  if (isolation.kind === 'known' && isolation.value === 'read_committed') return pass('is read committed');
  if (transactional.kind === 'unknown') return unknown(`may hold transactions: ${transactional.why}`);
  if (!transactional.value) return pass('showed no transaction');
  if (isolation.kind === 'unknown')
    return unknown(`holds transactions, and how MM2 reads them is not known: ${isolation.why}`);
  return fail('holds transactions, and MM2 reads them uncommitted');
}

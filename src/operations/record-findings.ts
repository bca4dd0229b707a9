/** What a person should know about the comparison of records, once a topic. */

import type { Finding } from '../domain/finding.ts';
import type { RecordTranslation } from '../domain/offsets/bracket/record-translation.ts';
import { parsePartitionKey } from '../domain/topic-partition.ts';
import type { ComparedRecords, UnreadableTopic } from './translate-records.ts';

export function recordFindings({ translations, unreadable }: ComparedRecords): readonly Finding[] {
  // What is refused, the run tells as a right that is missing.
  const failed = unreadable.filter(({ error }) => error !== 'TOPIC_AUTHORIZATION_FAILED');
  return [...failed.map(unreadableFinding), ...alteredTopics(translations).map(alteredFinding)];
}

function unreadableFinding({ side, topic, error }: UnreadableTopic): Finding {
  return {
    rule: 'records-unreadable',
    severity: 'warning',
    where: topic,
    message: `Records of ${topic} on the ${side} could not be read (${error}), so offsets there are not proven.`,
    hint: `See that every partition of ${topic} has a leader and keeps its records while they are read, then run again.`,
  };
}

function alteredTopics(translations: ComparedRecords['translations']): readonly string[] {
  const topics = new Set<string>();
  for (const [key, ofPartition] of translations) {
    if ([...ofPartition.values()].some(withoutHeaders)) topics.add(parsePartitionKey(key).topic);
  }
  return [...topics].sort();
}

function withoutHeaders(translation: RecordTranslation): boolean {
  return translation.kind === 'translated' && translation.proof.without.includes('headers');
}

function alteredFinding(topic: string): Finding {
  return {
    rule: 'headers-altered',
    severity: 'warning',
    where: topic,
    message: `Records of ${topic} have other headers than on the source: they were compared without them.`,
    hint: 'Set header.converter of the MirrorSourceConnector to org.apache.kafka.connect.converters.ByteArrayConverter; what is copied already keeps its altered headers.',
  };
}

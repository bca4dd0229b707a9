import type { PatternList } from '../../domain/patterns.ts';
import type { InputReader } from '../input-reader.ts';
import { readBoolean, readChoice, readMatching, readPatterns } from '../read-values.ts';
import { resolvePolicy } from '../replication-policy.ts';
import type { ReplicationInputs, SelectionInputs } from '../typed-inputs.ts';

const TOPIC_NAME_PART = {
  pattern: /^[a-zA-Z0-9._-]{1,200}$/,
  expected: 'letters, digits, dots, underscores and hyphens, since it becomes part of topic names',
  hint: 'Take it from source.cluster.alias or target.cluster.alias of the MirrorMaker 2 configuration.',
};
const SEPARATOR = {
  pattern: /^[a-zA-Z0-9._-]{1,50}$/,
  expected: '1 to 50 letters, digits, dots, underscores or hyphens, since it becomes part of topic names',
  hint: 'Take it from replication.policy.separator of the MirrorMaker 2 configuration.',
};

export function readReplication(reader: InputReader, hasSource: boolean): ReplicationInputs {
  const sourceAlias = readMatching(reader, 'source-alias', TOPIC_NAME_PART) ?? '';
  const targetAlias = readMatching(reader, 'target-alias', TOPIC_NAME_PART) ?? '';
  if (sourceAlias !== '' && sourceAlias === targetAlias) {
    const hint = 'MirrorMaker 2 tells the clusters apart by their aliases.';
    reader.problem('target-alias', 'another alias than source-alias', reader.seen('target-alias'), hint);
  }
  const separator = readMatching(reader, 'replication-policy-separator', SEPARATOR) ?? '.';
  const { policy, policyClass } = resolvePolicy(reader, hasSource);
  if (policy === 'default' && sourceAlias.includes(separator)) {
    reader.notice(
      `source-alias ${sourceAlias} holds the separator ${separator}: MirrorMaker 2 itself takes only its first part for the alias of a replicated topic.`,
    );
  }
  return {
    sourceAlias,
    targetAlias,
    policy,
    policyClass,
    separator,
    internalTopicSeparatorEnabled: readBoolean(reader, 'replication-policy-internal-topic-separator-enabled') ?? true,
    offsetSyncsTopicLocation: readChoice(reader, 'offset-syncs-topic-location', ['source', 'target']) ?? 'source',
  };
}

export function readSelection(reader: InputReader): SelectionInputs {
  return {
    topics: checkNotEmpty(reader, 'topics', readPatterns(reader, 'topics')),
    topicsExclude: readPatterns(reader, 'topics-exclude'),
    groups: checkNotEmpty(reader, 'groups', readPatterns(reader, 'groups')),
    groupsExclude: readPatterns(reader, 'groups-exclude'),
  };
}

/** A list of commas alone would select nothing and end as a success. */
function checkNotEmpty(reader: InputReader, name: 'topics' | 'groups', list: PatternList): PatternList {
  if (/^[\s,]+$/.test(list.text)) {
    reader.problem(name, 'at least one name or pattern', reader.seen(name), 'To select all, write .* or leave it out.');
  }
  return list;
}

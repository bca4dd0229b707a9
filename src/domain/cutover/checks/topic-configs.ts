import { type Check, fail, type Gate, noThreshold, ofTopic, pass, type Seen, unknown } from '../check.ts';
import type { TopicConfigValue, TopicFacts } from '../facts.ts';

/** Only what somebody set on one of the topics: defaults of two clusters may differ, and MM2 leaves them alone. */
export const topicConfigs: Check = {
  id: 'topic-configs',
  title: 'the topics have the same configs on both sides',
  next: 'Let MM2 copy them (sync.topic.configs.enabled), set them on the target, or name them in config.properties.exclude of the source connector.',
  threshold: noThreshold,
  judge: (gate) =>
    gate.facts.topics
      // Whether the topic is there at all is another check's case.
      .filter(
        ({ targetPartitionCount }) => targetPartitionCount.kind === 'unknown' || targetPartitionCount.value !== null,
      )
      .map((topic) => ofTopic(topic, judgeTopic(topic, gate))),
};

const MAX_NAMED = 5;

function judgeTopic({ sourceConfigs: source, targetConfigs: target }: TopicFacts, gate: Gate): Seen {
  if (source.kind === 'unknown') return unknown(`has unknown configs on the source: ${source.why}`, MAY_DESCRIBE);
  if (target.kind === 'unknown') return unknown(`has unknown configs on the target: ${target.why}`, MAY_DESCRIBE);
  const names = [...new Set([...source.value.keys(), ...target.value.keys()])].sort();
  const different = names
    .filter((name) => !gate.facts.configsExcluded.matches(name))
    .filter((name) => differs(name, source.value.get(name), target.value.get(name)));
  if (different.length === 0) return pass('has the same configs');
  const shown = different
    .slice(0, MAX_NAMED)
    .map((name) => `${name} ${shownValue(target.value.get(name))} instead of ${shownValue(source.value.get(name))}`);
  const more = different.length > MAX_NAMED ? ` and ${different.length - MAX_NAMED} more` : '';
  return fail(`differs on the target: ${shown.join(', ')}${more}`);
}

const MAY_DESCRIBE = 'Grant DESCRIBE_CONFIGS on the topics of both sides.';

/** A config that one side does not know at all came with another version, unless somebody set it. */
function differs(name: string, source: TopicConfigValue | undefined, target: TopicConfigValue | undefined): boolean {
  const isSet = source?.isDefault === false || target?.isDefault === false;
  if (!isSet || source?.value === null || target?.value === null) return false;
  return comparable(name, source?.value) !== comparable(name, target?.value);
}

/** `compact,delete` and `delete,compact` are the same policy. */
function comparable(name: string, value: string | undefined): string | undefined {
  return name === 'cleanup.policy'
    ? value
        ?.split(',')
        .map((word) => word.trim())
        .sort()
        .join(',')
    : value;
}

function shownValue(config: TopicConfigValue | undefined): string {
  return config === undefined ? 'nothing' : (config.value ?? 'something hidden');
}

/** Which groups MM2 does not look at, so that they never have a checkpoint. */
import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import type { GroupStatus } from '../../domain/groups.ts';
import type { SlowRegex } from '../../domain/java-regex.ts';
import { type PatternList, parsePatternList } from '../../domain/patterns.ts';

/** DefaultGroupFilter, DefaultConfigPropertyFilter. */
const GROUPS = '.*';
const GROUPS_EXCLUDE = 'console-consumer-.*, connect-.*, __.*';
const CONFIGS_EXCLUDE =
  'follower.replication.throttled.replicas, leader.replication.throttled.replicas, ' +
  'message.timestamp.difference.max.ms, message.timestamp.type, unclean.leader.election.enable, min.insync.replicas';

/** Why a group is hidden, as a clause; null when it is not. */
export type HiddenFrom = (groupId: string, onSource: GroupStatus) => string | null;

/** By the live checkpoint connectors; by MM2's defaults without any. A group that one of them looks at is not hidden. */
export function hiddenFrom(checkpointConnectors: readonly ConfigMap[], slow: SlowRegex | null = null): HiddenFrom {
  const configs = checkpointConnectors.length === 0 ? [{}] : checkpointConnectors;
  const filters = configs.map((config) => filterOf(config, slow));
  const whose = checkpointConnectors.length === 0 ? "MM2's defaults" : 'the checkpoint connector';
  return (groupId, onSource) => {
    const typed = hiddenByType(onSource);
    if (typed !== null) return typed;
    const reasons = filters.map((filter) => filter(groupId));
    const reason = reasons.every((why) => why !== null) ? reasons[0] : null;
    if (reason === null || reason === undefined) return null;
    const sink = groupId.startsWith('connect-') ? ", as a sink connector's group" : '';
    return `${reason} of ${whose}${sink}`;
  };
}

/** MM2 asks for consumer groups and those without members' protocol (Admin.listConsumerGroups). */
function hiddenByType(status: GroupStatus): string | null {
  if (status.kind !== 'listed') return null;
  if (status.type === 'share' || status.type === 'streams') return `its type, ${status.type}, which MM2 does not list`;
  if (status.protocolType === '' || status.protocolType === 'consumer') return null;
  return `its protocol type, ${status.protocolType}, which MM2 does not list`;
}

function filterOf(config: ConfigMap, slow: SlowRegex | null): (groupId: string) => string | null {
  const included = patternsOf(config['groups'] ?? GROUPS, slow);
  const excluded = patternsOf(config['groups.exclude'] ?? config['groups.blacklist'] ?? GROUPS_EXCLUDE, slow);
  return (groupId) => {
    if (included !== null && !included.matches(groupId)) return 'groups';
    return excluded?.matches(groupId) === true ? 'groups.exclude' : null;
  };
}

/** `config.properties.exclude` of the source connector. */
export function excludedConfigs(sourceConnector: ConfigMap | undefined, slow: SlowRegex | null = null): PatternList {
  const text = sourceConnector?.['config.properties.exclude'] ?? CONFIGS_EXCLUDE;
  return patternsOf(text, slow) ?? required(CONFIGS_EXCLUDE);
}

/** null: what the connector has is no list of patterns, and its task fails of itself. */
function patternsOf(text: string, slow: SlowRegex | null): PatternList | null {
  const parsed = parsePatternList(text, slow);
  return 'problem' in parsed ? null : parsed.list;
}

function required(text: string): PatternList {
  const list = patternsOf(text, null);
  if (list === null) throw new Error(`not a list of patterns: ${text}`);
  return list;
}

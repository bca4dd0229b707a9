/**
 * The flags of the original tool (MM2GroupOffsetSync) on `sync`, as they stood, and its defaults, which apply only
 * when one of its flags is there. It knew one group, no source, and a properties file for the target.
 */
import { literalOf, parsePatternList, quotePattern } from '../domain/patterns.ts';
import { findInput, type InputName } from './schema/schema.ts';

export interface SeedFlag {
  readonly short: string;
  readonly long: string;
  /** The input that it sets; null: the original read it and did nothing with it. */
  readonly input: InputName | null;
  /** Set without a value of its own. */
  readonly fixedValue?: string;
  readonly description: string;
}

export const SEED_FLAGS: readonly SeedFlag[] = [
  flag('-cgi', '--consumerGroupID', 'groups', 'the one group to sync; it counts as named in overwrite-groups'),
  flag('-src', '--sourceCluster', 'source-alias', 'alias of the source cluster'),
  flag('-pfp', '--propertiesFilePath', 'target-properties', 'properties file of the target, upper-case names too'),
  { ...flag('-mtls', '--mTLSEnable', 'target-auth', 'TLS with a client certificate'), fixedValue: 'mtls' },
  { ...flag('-ssl', '--sslEnable', 'target-auth', 'TLS'), fixedValue: 'tls' },
  flag('-rpc', '--replicationPolicyClass', 'replication-policy', 'class of the replication policy'),
  flag('-rps', '--replicationPolicySeparator', 'replication-policy-separator', 'its separator'),
  flag('-int', '--interval', 'interval', 'seconds between two passes'),
  flag('-rf', '--runFor', 'run-for', 'seconds to go on for; without it one pass'),
  flag('-t', '--topic', null, 'not used, as in the original'),
];

/** `--interval` is a flag of this tool too, with the same meaning: alone it does not ask for the original's defaults. */
export function isSeedOnly(token: string): boolean {
  return token !== '--interval' && findSeedFlag(token) !== undefined;
}

export function findSeedFlag(token: string): SeedFlag | undefined {
  return SEED_FLAGS.find(({ short, long }) => token === short || token === long);
}

const DEFAULT_GROUP = 'mm2TestConsumer1';
const DEFAULT_PROPERTIES = '/tmp/kafka/consumer.properties';

/** Matches no name: an empty list would mean "not given". */
const NOTHING = '[^\\s\\S]';

export interface SeedValues {
  /** To be added to what the command line says, or to take its place. */
  readonly values: ReadonlyMap<InputName, string>;
  readonly notices: readonly string[];
}

/**
 * What the original's flags imply beyond themselves.
 * @param given what the command line says. A config file takes the place of the original's defaults.
 * @param group of -cgi; null when it is not there.
 */
export function seedValues(given: ReadonlyMap<string, string>, group: string | null): SeedValues {
  const values = new Map<InputName, string>(group === null ? [] : valuesOfGroup(group, given));
  const notices: string[] = [];
  if (given.has('config')) return { values, notices };
  if (!given.has('groups')) {
    values.set('groups', patternOfGroup(DEFAULT_GROUP));
    for (const [name, value] of valuesOfGroup(DEFAULT_GROUP, given)) values.set(name, value);
    notices.push(`No -cgi: group ${DEFAULT_GROUP}, as in the original tool.`);
  }
  if (!given.has('target-properties') && !given.has('target-bootstrap-servers')) {
    values.set('target-properties', DEFAULT_PROPERTIES);
    notices.push(`No -pfp: properties file ${DEFAULT_PROPERTIES}, as in the original tool.`);
  }
  if (!given.has('run-for')) {
    notices.push('No -rf: one pass. The original tool ran forever; give -rf with a number of seconds for more passes.');
  } else if (given.get('run-for') === '0') {
    notices.push('-rf 0 is one pass. In the original tool it meant forever.');
  }
  return { values, notices };
}

/** The original took a group by its name, not by a pattern. */
export function patternOfGroup(group: string): string {
  return literalOf(group) === group && !group.includes(',') ? group : quotePattern(group);
}

/** It is synced whoever wrote its target offsets and whatever the default excludes say, forward only. */
function valuesOfGroup(group: string, given: ReadonlyMap<string, string>): ReadonlyMap<InputName, string> {
  const others = given.get('overwrite-groups');
  const pattern = patternOfGroup(group);
  const values = new Map<InputName, string>([
    ['overwrite-groups', others === undefined ? pattern : `${others},${pattern}`],
  ]);
  const excluded = parsePatternList(findInput('groups-exclude')?.default ?? '');
  if (!given.has('groups-exclude') && 'list' in excluded && excluded.list.matches(group)) {
    values.set('groups-exclude', NOTHING);
  }
  return values;
}

function flag(short: string, long: string, input: InputName | null, description: string): SeedFlag {
  return { short, long, input, description };
}

/** The names under which people give a replication policy → how it names topics. */
import type { InputReader } from './input-reader.ts';
import type { ReplicationPolicyKind } from './typed-inputs.ts';
import { didYouMean } from './values/closest-name.ts';

export interface ResolvedPolicy {
  readonly policy: ReplicationPolicyKind;
  /** null when a short name was given. */
  readonly policyClass: string | null;
}

const KNOWN_CLASSES: ReadonlyMap<string, ReplicationPolicyKind> = new Map<string, ReplicationPolicyKind>([
  ['org.apache.kafka.connect.mirror.DefaultReplicationPolicy', 'default'],
  ['DefaultReplicationPolicy', 'default'],
  ['org.apache.kafka.connect.mirror.IdentityReplicationPolicy', 'identity'],
  ['IdentityReplicationPolicy', 'identity'],
  // Names topics as identity does, and internal topics as default does; the Amazon MSK migration lab ships it.
  ['com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy', 'custom'],
]);
/** null: not a class whose names are known here. */
export function policyOfClass(className: string): ReplicationPolicyKind | null {
  return KNOWN_CLASSES.get(className) ?? null;
}

const SHORT_NAMES = ['default', 'identity'] as const;
const JAVA_CLASS = /^(?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*$/;

/**
 * An unknown class may name topics in any way. Without a source that does not matter, since checkpoints hold target
 * names; with one, its topics could not be matched.
 */
export function resolvePolicy(reader: InputReader, hasSource: boolean): ResolvedPolicy {
  // String.valueOf(Class), which the original tool showed as its default, opens with the word class.
  const text = (reader.text('replication-policy') ?? 'default').replace(/^class /, '');
  const short = SHORT_NAMES.find((name) => name === text);
  if (short !== undefined) return { policy: short, policyClass: null };
  const known = KNOWN_CLASSES.get(text);
  if (known !== undefined) return { policy: known, policyClass: text };
  if (JAVA_CLASS.test(text) && !hasSource) {
    reader.notice(
      `replication-policy ${text} is not known here: its internal topics are looked for under the names of the default policy.`,
    );
    return { policy: 'custom', policyClass: text };
  }
  const names = [...SHORT_NAMES, ...KNOWN_CLASSES.keys()];
  const hint = JAVA_CLASS.test(text)
    ? 'How an unknown class names topics cannot be known here: leave out the source, or use a known class.'
    : 'A class is given with its package.';
  reader.problem(
    'replication-policy',
    'default, identity or the class name of a known policy',
    reader.seen('replication-policy'),
    didYouMean(text, names) + hint,
  );
  return { policy: 'default', policyClass: null };
}

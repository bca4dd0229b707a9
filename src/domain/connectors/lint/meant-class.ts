/** Which class a misspelt name stands for. */
import { nearest } from './nearest.ts';

const MIRROR = 'org.apache.kafka.connect.mirror.';
const KNOWN_CLASSES = [
  ...['MirrorSourceConnector', 'MirrorCheckpointConnector', 'MirrorHeartbeatConnector'].map((name) => MIRROR + name),
  ...['DefaultReplicationPolicy', 'IdentityReplicationPolicy'].map((name) => MIRROR + name),
  ...['DefaultTopicFilter', 'DefaultGroupFilter', 'DefaultConfigPropertyFilter'].map((name) => MIRROR + name),
  'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy',
  'org.apache.kafka.connect.converters.ByteArrayConverter',
  'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
  'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler',
];

/**
 * One that is a few letters off, or has a known simple name in an unknown package of the same project; null for a known
 * class, and for one that resembles none.
 */
export function meantClass(value: string): string | null {
  if (!value.includes('.') || KNOWN_CLASSES.includes(value)) return null;
  const close = nearest(value, KNOWN_CLASSES);
  if (close !== null) return close;
  const simple = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  return /^(?:org\.apache\.kafka|software\.amazon\.msk)\./.test(value)
    ? (KNOWN_CLASSES.find((known) => simple(known) === simple(value)) ?? null)
    : null;
}

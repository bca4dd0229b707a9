/** Which keys of a Java client properties file mean what. */

/** The constants under which the original tool's properties files give them → Kafka's names. */
export const UPPER_CASE_NAMES: ReadonlyMap<string, string> = new Map([
  ['BOOTSTRAP_SERVERS_CONFIG', 'bootstrap.servers'],
  ['GROUP_ID_CONFIG', 'group.id'],
  ['SECURITY_PROTOCOL_CONFIG', 'security.protocol'],
  ['SSL_TRUSTSTORE_LOCATION_CONFIG', 'ssl.truststore.location'],
  ['SSL_TRUSTSTORE_PASSWORD_CONFIG', 'ssl.truststore.password'],
  ['SSL_KEYSTORE_LOCATION_CONFIG', 'ssl.keystore.location'],
  ['SSL_KEYSTORE_PASSWORD_CONFIG', 'ssl.keystore.password'],
  ['SSL_KEY_PASSWORD_CONFIG', 'ssl.key.password'],
]);

/** Keys that are read. */
export const READ_KEYS = [
  'bootstrap.servers',
  'security.protocol',
  'sasl.mechanism',
  'sasl.jaas.config',
  'sasl.login.callback.handler.class',
  'sasl.client.callback.handler.class',
  'ssl.truststore.type',
  'ssl.truststore.location',
  'ssl.truststore.certificates',
  'ssl.truststore.password',
  'ssl.keystore.type',
  'ssl.keystore.location',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.keystore.password',
  'ssl.key.password',
  'ssl.endpoint.identification.algorithm',
] as const;
export type ReadKey = (typeof READ_KEYS)[number];

/** Values of these are masked, and never part of a message. */
export const SECRET_KEY = /password|secret|jaas|ssl\.keystore\.key$|token|basic\.auth\.user\.info/i;

/** Tuning of consumers, producers and admin clients, without a meaning for what is done here. */
const TUNING = new Set([
  'acks',
  'allow.auto.create.topics',
  'auto.commit.interval.ms',
  'auto.offset.reset',
  'batch.size',
  'buffer.memory',
  'check.crcs',
  'client.dns.lookup',
  'client.id',
  'client.rack',
  'compression.type',
  'connections.max.idle.ms',
  'default.api.timeout.ms',
  'delivery.timeout.ms',
  'enable.auto.commit',
  'enable.idempotence',
  'exclude.internal.topics',
  'group.id',
  'group.instance.id',
  'group.protocol',
  'heartbeat.interval.ms',
  'interceptor.classes',
  'isolation.level',
  'linger.ms',
  'max.block.ms',
  'max.in.flight.requests.per.connection',
  'max.request.size',
  'metadata.max.age.ms',
  'metric.reporters',
  'partition.assignment.strategy',
  'receive.buffer.bytes',
  'retries',
  'send.buffer.bytes',
  'session.timeout.ms',
]);
const TUNING_FAMILY =
  /^(?:fetch\.|max\.poll\.|max\.partition\.fetch\.|metrics\.|reconnect\.backoff|retry\.backoff|request\.timeout|socket\.connection\.|sasl\.login\.(?:refresh|connect|read|retry)\.)|\.(?:de)?serializer$/;

export function isTuning(key: string): boolean {
  return TUNING.has(key) || TUNING_FAMILY.test(key);
}

/** Code of a client's own that signs in; that of aws-msk-iam-auth does what `iam` does. */
export function isForeignHandler(key: string, value: string): boolean {
  return /^sasl\..*\.callback\.handler\.class$/.test(key) && value !== '' && !value.startsWith(IAM_PACKAGE);
}

const IAM_PACKAGE = 'software.amazon.msk.auth.iam.';

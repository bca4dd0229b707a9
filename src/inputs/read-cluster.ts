import type { InputReader } from './input-reader.ts';
import { portNotices } from './listener-ports.ts';
import type { ReadKey } from './properties/client-keys.ts';
import { type ClientProperties, readClientProperties } from './properties/client-properties.ts';
import { readSecurity } from './read-security.ts';
import { readMatching } from './read-values.ts';
import type { Side } from './schema/input-spec.ts';
import { INPUTS, type InputName } from './schema/schema.ts';
import { refuseDoubles } from './security-conflicts.ts';
import type { ClusterInputs } from './typed-inputs.ts';
import { parseHostPorts } from './values/host-ports.ts';
import { oneOf } from './values/show.ts';

export interface ClusterReading {
  /** Somebody meant this cluster to be there, be it without effect. */
  readonly isGiven: boolean;
  /** null: not given, or a problem was reported. */
  readonly cluster: ClusterInputs | null;
  /** Keys with a value in its properties. */
  readonly keys: ReadonlySet<ReadKey>;
}

const CLUSTER_ID = {
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  expected: 'the id of a cluster (letters, digits, _ and -)',
  hint: 'Any client shows it: kafka-cluster.sh cluster-id. An ARN is not it.',
};

export function readCluster(reader: InputReader, side: Side): ClusterReading {
  const properties = readClientProperties(reader, `${side}-properties`);
  if (properties !== null) refuseDoubles(reader, side, properties.keys);
  const clusterId = readMatching(reader, `${side}-cluster-id`, CLUSTER_ID);
  const bootstrapServers = readBootstrapServers(reader, side, properties);
  const servers = typeof bootstrapServers === 'string' ? null : bootstrapServers;
  const security = readSecurity(reader, side, properties, servers);
  const keys = properties?.keys ?? new Set();
  if (bootstrapServers === 'absent') return { isGiven: false, cluster: null, keys };
  if (bootstrapServers === 'faulty') return { isGiven: true, cluster: null, keys };
  for (const notice of portNotices(bootstrapServers, security)) reader.notice(`${side}: ${notice}`);
  return { isGiven: true, cluster: { bootstrapServers, clusterId, ...security }, keys };
}

function readBootstrapServers(
  reader: InputReader,
  side: Side,
  properties: ClientProperties | null,
): readonly string[] | 'absent' | 'faulty' {
  const given = reader.given(`${side}-bootstrap-servers`);
  const text = given ?? properties?.bootstrapServers ?? null;
  if (text === null) return withoutServers(reader, side, properties);
  const result = parseHostPorts(text);
  if ('servers' in result) return result.servers;
  const { expected, seen, hint } = result.fault;
  if (given !== null) reader.problem(`${side}-bootstrap-servers`, expected, seen, hint);
  else reader.problem(`${side}-properties`, `${expected} in bootstrap.servers`, seen, hint);
  return 'faulty';
}

/** Credentials without an address are a typo or an empty variable, not a wish to leave the cluster out. */
function withoutServers(reader: InputReader, side: Side, properties: ClientProperties | null): 'absent' | 'faulty' {
  if (reader.isGiven(`${side}-properties`) && properties === null) return 'faulty';
  const others = INPUTS.map(({ name }) => name as InputName).filter(
    (name) =>
      name.startsWith(`${side}-`) &&
      name !== `${side}-alias` &&
      reader.isGiven(name) &&
      reader.given(name) !== reader.defaultOf(name),
  );
  if (others.length === 0) return 'absent';
  const seen = properties === null ? 'nothing' : `no bootstrap.servers in ${side}-properties either`;
  const expected = `the brokers of the ${side}, since ${oneOf(others, 'and')} ${others.length > 1 ? 'are' : 'is'} given`;
  reader.problem(`${side}-bootstrap-servers`, expected, seen, `Give host:port, or leave the ${side} out altogether.`);
  return 'faulty';
}

/** What generated connectors need to sign in, apart from secrets: those they refer to, and nothing else. */
import type { Clusters } from './command-needs.ts';
import type { InputReader } from './input-reader.ts';
import type { ClusterReading } from './read-cluster.ts';
import type { Side } from './schema/input-spec.ts';

/** One side, with all that may tell how its clients sign in. */
interface SideSources {
  readonly reader: InputReader;
  readonly side: Side;
  readonly reading: ClusterReading;
  /** `connector-properties`: what the worker itself has. */
  readonly own: ReadonlyMap<string, string>;
}

/** For `generate`, which may do without secrets: a certificate and a user name are none. */
export function checkGeneratedSignIns(reader: InputReader, clusters: Clusters, own: ReadonlyMap<string, string>): void {
  for (const side of ['source', 'target'] as const) {
    const sources = { reader, side, reading: clusters[side], own };
    checkCertificate(sources);
    checkUsername(sources);
  }
}

/** Without one, connectors would be written that connect as nobody, or not at all. */
function checkCertificate(sources: SideSources): void {
  const { reader, side, reading } = sources;
  const why = reasonForCertificate(sources);
  if (why === null || (reading.cluster?.tls ?? null) === null || reading.cluster?.tls?.certificate) return;
  if (hasOwn(sources, ['ssl.keystore.location', 'ssl.keystore.certificate.chain'])) return;
  if (isReported(reader, [`${side}-certificate`, `${side}-properties`])) return;
  const certificate = reading.keys.has('ssl.keystore.location')
    ? `a keystore in ${side}-properties that cannot be read here`
    : 'nothing';
  const hint = `Give ${side}-certificate, or the worker’s own store in connector-properties: ${side}.cluster.ssl.keystore.location=….`;
  reader.problem(`${side}-certificate`, `a client certificate, since ${why} is given`, certificate, hint);
}

/** null: none is asked for. */
function reasonForCertificate({ reader, side, reading: { cluster, keys } }: SideSources): string | null {
  const auth = reader.text(`${side}-auth`);
  if (auth === 'mtls') return `${side}-auth mtls`;
  // Neither presents a certificate; what is given of it all the same has been spoken of.
  if (cluster?.sasl?.mechanism === 'iam' || (reader.isGiven(`${side}-auth`) && auth === 'tls')) return null;
  if (reader.isGiven(`${side}-key`)) return `${side}-key`;
  const key = (['ssl.keystore.location', 'ssl.keystore.key'] as const).find((one) => keys.has(one));
  return key === undefined ? null : `${key} in ${side}-properties`;
}

function checkUsername(sources: SideSources): void {
  const { reader, side, reading } = sources;
  const sasl = reading.cluster?.sasl ?? null;
  if (sasl === null || sasl.mechanism === 'iam' || sasl.username !== '') return;
  if (hasOwn(sources, ['sasl.jaas.config']) || isReported(reader, [`${side}-properties`])) return;
  const hint = 'It is no secret and stands in the connectors; the password is only referred to.';
  if (reading.keys.has('sasl.jaas.config')) {
    reader.problem(`${side}-properties`, 'a username in sasl.jaas.config', 'an entry without username', hint);
  } else {
    reader.problem(`${side}-username`, `a username for SASL (${sasl.mechanism})`, 'nothing', hint);
  }
}

function hasOwn({ side, own }: SideSources, keys: readonly string[]): boolean {
  return keys.some((key) => (own.get(`${side}.cluster.${key}`) ?? '').trim() !== '');
}

/** A second problem with the same thing would be a false one. */
function isReported(reader: InputReader, inputs: readonly string[]): boolean {
  return reader.problems.some(({ input }) => inputs.includes(input));
}

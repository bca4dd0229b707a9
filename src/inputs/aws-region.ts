/** The region that a sign-in by IAM is for: a token holds it, and a broker of another region refuses it. */
import type { Clusters } from './command-needs.ts';
import type { InputReader } from './input-reader.ts';
import type { Side } from './schema/input-spec.ts';
import { show } from './values/show.ts';

/** Names that Amazon MSK gives to brokers, serverless and in China too; the region stands in them. */
const MSK_HOST = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\.?$/i;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/;

/** Where AWS's own tools look, in their order. */
const VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/** null: no broker of Amazon MSK, or one behind a name of somebody else's. */
export function regionOfHost(host: string): string | null {
  return MSK_HOST.exec(host)?.[1]?.toLowerCase() ?? null;
}

/**
 * By the host names of that side's brokers, else `aws-region`, else the environment.
 * @param servers null: unknown, since a problem was reported.
 * @param source what asks for IAM, for messages.
 * @returns an empty text when there is none, which is reported where it matters.
 */
export function readRegion(reader: InputReader, side: Side, source: string, servers: readonly string[] | null): string {
  if (servers === null) return '';
  const ofHosts = [...new Set(servers.map((server) => regionOfHost(server.replace(/:\d+$/, ''))))].filter(
    (region) => region !== null,
  );
  const given = reader.given('aws-region');
  const [region] = ofHosts;
  if (ofHosts.length > 1) {
    const hint = 'A cluster is in one region: correct the addresses.';
    reader.problem(`${side}-bootstrap-servers`, 'brokers of one AWS region', ofHosts.join(', '), hint);
  }
  if (region !== undefined) {
    if (given !== null && given !== region) {
      reader.notice(`${side}: aws-region ${given} is not used: the brokers' host names say ${region}.`);
    }
    return region;
  }
  return given ?? readFromEnvironment(reader, side, source);
}

function readFromEnvironment(reader: InputReader, side: Side, source: string): string {
  for (const name of VARIABLES) {
    const text = reader.environment(name)?.trim() ?? '';
    if (text === '') continue;
    if (REGION.test(text)) return text;
    reader.problem('aws-region', `an AWS region in ${name}`, show(text), 'Write it as eu-central-1.');
    return '';
  }
  if (!reader.secretsNeeded) return '';
  const expected = `the AWS region of the ${side}, since ${source} is given`;
  const seen = `nothing, and nothing in ${VARIABLES.join(' and ')}`;
  const hint = 'Only host names of Amazon MSK tell it (….kafka.REGION.amazonaws.com): give aws-region.';
  reader.problem('aws-region', expected, seen, hint);
  return '';
}

/** What can be said of `aws-region` itself, once for both sides. */
export function checkAwsRegion(reader: InputReader, { source, target }: Clusters): void {
  const given = reader.given('aws-region');
  if (given === null) return;
  if (!REGION.test(given)) {
    const hint = 'The console shows it beside the name of the region.';
    reader.problem('aws-region', 'an AWS region such as eu-central-1', reader.seen('aws-region'), hint);
    return;
  }
  const clusters = [source, target].filter(({ isGiven }) => isGiven);
  if (clusters.every(({ cluster }) => cluster !== null && cluster.sasl?.mechanism !== 'iam')) {
    reader.notice('aws-region is not used: neither cluster is signed in to by iam.');
  }
}

/** The files of examples/ as a consumer's repository has them, with nothing replaced but what each consumer replaces. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecipesBed } from '../../bed/recipes-bed.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');

/** What stands in the example, and what in its place. */
export type Replacement = readonly [from: string, to: string];

/** Throws where the text does not hold what is to be replaced: then the example has changed, and the test must. */
export function replaced(what: string, text: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((sofar, [from, to]) => {
    if (!sofar.includes(from)) throw new Error(`${what} does not hold ${JSON.stringify(from)}`);
    return sofar.replaceAll(from, to);
  }, text);
}

type Addresses = Pick<RecipesBed, 'source' | 'target' | 'connectUrl'>;

const servers = (side: string) => [1, 2, 3].map((number) => `${side}-${number}.kafka.example.com:9096`).join(',');

/** examples/mm2.yml, with the pins that it asks to be filled in, and with pauses of seconds. */
export async function exampleConfig(bed: Addresses): Promise<string> {
  return replaced('examples/mm2.yml', await example('mm2.yml'), [
    [servers('old'), bed.source.bootstrapServers],
    [servers('new'), bed.target.bootstrapServers],
    ['https://connect.example.com:8083', bed.connectUrl],
    ['# source-cluster-id: …', `source-cluster-id: ${bed.source.address.clusterId}`],
    ['# target-cluster-id: …', `target-cluster-id: ${bed.target.address.clusterId}`],
    ['timeout: 45m', 'timeout: 45m\ninterval: 1s\nactivity-window: 1s'],
  ]);
}

/** Text of each file of examples/connectors, by its path in a consumer's repository. */
export async function exampleConnectorFiles(bed: Addresses): Promise<Readonly<Record<string, string>>> {
  const old: Replacement = [servers('old'), bed.source.bootstrapServers];
  const both: readonly Replacement[] = [old, [servers('new'), bed.target.bootstrapServers]];
  const seconds = (key: string, from: string): Replacement => [`"${key}": "${from}"`, `"${key}": "1"`];
  const own: Readonly<Record<string, readonly Replacement[]>> = {
    'mm2-checkpoint.json': [
      ...both,
      seconds('refresh.groups.interval.seconds', '60'),
      seconds('emit.checkpoints.interval.seconds', '10'),
    ],
    'mm2-heartbeat.json': [old, seconds('emit.heartbeats.interval.seconds', '5')],
    'mm2-source.json': [...both, seconds('refresh.topics.interval.seconds', '60')],
  };
  const files: Record<string, string> = {};
  for (const name of await readdir(join(EXAMPLES, 'connectors'))) {
    const path = `connectors/${name}`;
    const replacements = own[name];
    if (replacements === undefined) throw new Error(`nothing is known of examples/${path}`);
    files[path] = replaced(`examples/${path}`, await example(path), replacements);
  }
  return files;
}

/** As Connect takes them, each with its name. */
export async function exampleConnectors(bed: Addresses): Promise<readonly Readonly<Record<string, string>>[]> {
  return Object.values(await exampleConnectorFiles(bed)).map((text) => JSON.parse(text) as Record<string, string>);
}

export function exampleWorkflow(name: string): Promise<string> {
  return example(`workflows/${name}.yml`);
}

export function example(path: string): Promise<string> {
  return readFile(join(EXAMPLES, path), 'utf8');
}

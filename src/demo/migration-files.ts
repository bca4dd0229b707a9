/** What a migration repository would hold: connector files, and the words of its commands. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bed } from '../testbed/bed.ts';
import { mm2Connectors } from '../testbed/mm2.ts';
import { SOURCE_ALIAS, TARGET_ALIAS, TOPICS } from './cast.ts';

/** @returns the glob that names the files. */
export async function writeConnectorFiles({ addresses }: Bed, folder: string): Promise<string> {
  const connectors = mm2Connectors(addresses, {
    sourceAlias: SOURCE_ALIAS,
    targetAlias: TARGET_ALIAS,
    topics: TOPICS.join(','),
  });
  await mkdir(join(folder, 'connectors'));
  for (const config of connectors) {
    await writeFile(join(folder, 'connectors', `${config['name']}.json`), `${JSON.stringify(config, null, 2)}\n`);
  }
  return connectorGlob(folder);
}

function connectorGlob(folder: string): string {
  return join(folder, 'connectors', '*.json');
}

export function applyWords({ addresses }: Bed, folder: string): readonly string[] {
  return ['apply', ...connectorWords(addresses, folder), ...reportWords(folder, 'apply')];
}

export function planWords({ addresses }: Bed, folder: string): readonly string[] {
  const connectors = connectorWords(addresses, folder);
  return ['plan', ...clusterWords(addresses), ...connectors, ...reportWords(folder, 'plan')];
}

/** `name` is the report's folder: a second sync leaves the first one's report alone. */
export function syncWords({ addresses }: Bed, folder: string, name = 'sync'): readonly string[] {
  return ['sync', ...clusterWords(addresses), '--run-for', '60s', '--interval', '5s', ...reportWords(folder, name)];
}

function clusterWords({ source, target }: Bed['addresses']): readonly string[] {
  return [
    ...['--source-bootstrap-servers', source.bootstrapServers, '--source-alias', SOURCE_ALIAS],
    ...['--target-bootstrap-servers', target.bootstrapServers, '--target-alias', TARGET_ALIAS],
    ...['--topics', TOPICS.join(',')],
  ];
}

function connectorWords({ connectUrl }: Bed['addresses'], folder: string): readonly string[] {
  return ['--connect-url', connectUrl ?? '', '--connectors', connectorGlob(folder)];
}

function reportWords(folder: string, name: string): readonly string[] {
  return ['--report-dir', join(folder, name)];
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, replaceFile } from '../adapters/files/replace-file.ts';
import { readTextFile } from '../adapters/files/text-file.ts';
import { generateConnectors } from '../domain/connectors/generate/generate-connectors.ts';
import type { GenerationFacts } from '../domain/connectors/generate/generation.ts';
import { connectorName } from '../domain/connectors/generate/naming.ts';
import { type NeededSecret, neededSecrets } from '../domain/connectors/generate/secret-references.ts';
import { generateWorkerProperties } from '../domain/connectors/generate/worker-properties.ts';
import { InputError, MigrationError } from '../errors.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { generationFacts } from './generation-facts.ts';

export const WORKER_FILE = 'connect-worker.properties';

/**
 * Writes the three connectors as JSON and the worker's properties, all or none.
 * @returns what was done, a line each.
 * @throws InputError naming every file that differs and is not to be written over; MigrationError(FILE_UNWRITABLE).
 */
export async function generateFiles(
  inputs: Inputs,
  { out, force }: { readonly out: string; readonly force: boolean },
): Promise<readonly string[]> {
  const facts = generationFacts(inputs);
  if (facts === null) throw new MigrationError('INTERNAL', 'Nothing to generate connectors from.');
  const lines = await writeFiles(generatedFiles(facts), { out, force });
  return [...lines, heartbeatLine(facts), ...secretLines(facts)];
}

/**
 * All or none. @returns a line for each.
 * @throws InputError naming every file that differs and is not to be written over; MigrationError(FILE_UNWRITABLE).
 */
export async function writeFiles(
  generated: readonly GeneratedFile[],
  { out, force }: { readonly out: string; readonly force: boolean },
): Promise<readonly string[]> {
  const files = generated.map((file) => ({ ...file, path: join(out, file.name) }));
  const changed = files.filter(({ path, text }) => currentText(path) !== text);
  const differing = changed.filter(({ path }) => currentText(path) !== null);
  if (differing.length > 0 && !force) throw new InputError(differing.map(({ path }) => refusal(path)));
  await makeFolder(out);
  for (const { path, text } of changed) await replaceFile(path, [text]);
  return files.map((file) => `${changed.includes(file) ? 'Wrote' : 'Unchanged:'} ${file.path}`);
}

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** The three connectors as JSON, and the worker's properties. */
export function generatedFiles(facts: GenerationFacts): readonly GeneratedFile[] {
  const connectors = generateConnectors(facts).map(({ name, config }) => ({
    name: `${name}.json`,
    text: `${JSON.stringify(config, null, 2)}\n`,
  }));
  return [...connectors, { name: WORKER_FILE, text: generateWorkerProperties(facts) }];
}

/** null: there is no such file. One that cannot be read differs from anything. */
function currentText(path: string): string | null {
  const file = readTextFile(path);
  if ('text' in file) return file.text;
  return file.error === 'no such file' ? null : '';
}

function refusal(path: string) {
  return {
    input: '--out',
    expected: 'files that are as they would be written, or none',
    seen: `${path}, which differs`,
    hint: 'Write over it with --force and look at the difference in git, or choose another folder by --out.',
  };
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new MigrationError('FILE_UNWRITABLE', `--out: the folder ${path} cannot be made: ${reasonOf(cause)}.`, {
      hint: 'Name a folder that may be written to.',
      cause,
    });
  }
}

/** Whoever reviews the files would take it for a mistake. */
function heartbeatLine(facts: GenerationFacts): string {
  return `${connectorName(facts, 'heartbeat')} has the source in target.cluster.* on purpose: heartbeats must be written to the source, so that they travel to the target with the records.`;
}

const PARTS: Readonly<Record<NeededSecret['part'], string>> = {
  password: 'password',
  key: 'private key of the client certificate, PKCS#8 in PEM',
  'key-password': 'password of that key',
};

/** Names alone. */
function secretLines(facts: GenerationFacts): readonly string[] {
  const needed = neededSecrets(facts);
  if (needed.length === 0) return ['The connectors refer to no secret.'];
  const lines = needed.map(({ name, side, part }) => `  ${name}: ${PARTS[part]}, ${side} cluster`);
  return [`The worker must find, ${whereOf(facts)}:`, ...lines];
}

function whereOf({ secrets }: GenerationFacts): string {
  if (secrets.provider === 'env') return 'as variables of its process';
  return secrets.provider === 'file' ? `in its file ${secrets.path}` : `in the secret ${secrets.name}`;
}

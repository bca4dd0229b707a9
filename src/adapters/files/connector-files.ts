import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ParsedFiles, parseConnectorFiles, type ReadFile } from '../../domain/connectors/connector-file.ts';
import type { InputProblem } from '../../errors.ts';
import { CONNECTOR_FILE_ENDINGS, readConnectorText, unreadable } from './connector-file-formats.ts';
import { findFiles } from './glob.ts';
import { decodeText } from './text-encoding.ts';

const MAX_FILES = 500;
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * Reads every connector file that the glob names, relative to `folder`. All problems of all files come at once; a glob
 * that matches nothing is one of them. Throws nothing for what the files hold.
 */
export async function readConnectorFiles(glob: string, folder: string): Promise<ParsedFiles> {
  const paths = await findFiles(glob, folder);
  if (paths.length === 0) return nothing(nothingMatches(glob));
  if (paths.length > MAX_FILES) return nothing(tooMany(glob, paths.length));
  const files: ReadFile[] = [];
  for (const path of paths) files.push(await readFile(path, folder));
  return parseConnectorFiles(files);
}

function nothing(problem: InputProblem): ParsedFiles {
  return { connectors: [], workers: [], foreign: [], problems: [problem] };
}

async function readFile(file: string, folder: string): Promise<ReadFile> {
  try {
    const handle = await open(resolve(folder, file), 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_FILE_BYTES) {
        const seen = `${size} bytes`;
        return { file, content: { kind: 'unreadable', expected: `at most ${MAX_FILE_BYTES} bytes`, seen } };
      }
      const decoded = decodeText(await handle.readFile());
      if ('text' in decoded) return { file, content: readConnectorText(file, decoded.text) };
      return { file, content: unreadable('a text in UTF-8', `${decoded.encoding}, as PowerShell's \`>\` writes it,`) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return { file, content: { kind: 'unreadable', expected: 'a readable file', seen: code } };
  }
}

function nothingMatches(glob: string): InputProblem {
  return {
    input: 'connectors',
    expected: `a path or glob of files that end in ${CONNECTOR_FILE_ENDINGS.join(', ')}`,
    seen: `${JSON.stringify(glob)}, which matches no file`,
    hint: /[,\n]/.test(glob.replace(/\{[^{}]*\}/g, '')) ? SEVERAL : CHECK_PATH,
  };
}

const CHECK_PATH =
  'Check the path; it is relative to the working directory, and the repository must be checked out before.';
const SEVERAL =
  'Several files are one glob: {a.json,b.json} in braces, or connectors/*.json; no list, and no line breaks.';

/** Worker files alone: enough to lint, and nothing to apply. */
export function workersOnly(glob: string): InputProblem {
  return {
    input: 'connectors',
    expected: 'at least one connector file',
    seen: `${JSON.stringify(glob)}, which names properties files of workers only`,
    hint: 'Widen the glob to the connector files; worker files beside them are linted with them.',
  };
}

function tooMany(glob: string, count: number): InputProblem {
  return {
    input: 'connectors',
    expected: `at most ${MAX_FILES} files`,
    seen: `${JSON.stringify(glob)}, which matches ${count}`,
    hint: 'Narrow the glob to the connector files.',
  };
}

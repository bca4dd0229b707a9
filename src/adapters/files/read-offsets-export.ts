/** Reads an offsets export from disk, line by line: one of a long run may have hundreds of thousands. */
import { createReadStream } from 'node:fs';
import type { SavedOffsets } from '../../domain/rollback/saved-offsets.ts';
import { type LineProblem, SavedOffsetsReader } from '../../domain/rollback/saved-offsets-reader.ts';
import { InputError, type InputProblem } from '../../errors.ts';
import { reasonOf } from './replace-file.ts';

/** A file of another kind is wrong in every line. */
const MAX_PROBLEMS = 20;
const INPUT = 'rollback-from';
const HINT = 'Give the .jsonl file of a sync, migrate, export or rollback as that run wrote it.';

/** @throws InputError with what is wrong in any line, up to 20, or with why the file cannot be read. */
export async function readOffsetsExport(path: string): Promise<SavedOffsets> {
  const result = await readLines(path);
  if (result.kind === 'read') return result.saved;
  const { problems } = result;
  const shown = problems.slice(0, MAX_PROBLEMS).map((one) => inputProblem(path, one));
  const more = problems.length - shown.length;
  throw new InputError(more > 0 ? [...shown, problem(`${more} more bad lines in ${path}`)] : shown);
}

async function readLines(path: string) {
  const reader = new SavedOffsetsReader();
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) reader.line(line, true);
    }
  } catch (cause) {
    const hint = 'The path counts from the working folder; download the artifact of the run before this step.';
    throw new InputError([
      { input: INPUT, expected: 'the path of a readable file', seen: `${path} (${reasonOf(cause)})`, hint },
    ]);
  }
  if (rest !== '') reader.line(rest, false);
  return reader.end();
}

function inputProblem(path: string, { line, problem: what }: LineProblem): InputProblem {
  return problem(`line ${line} of ${path}: ${what}`);
}

function problem(seen: string): InputProblem {
  return { input: INPUT, expected: 'an offsets export', seen, hint: HINT };
}

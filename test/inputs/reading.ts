/** Builders for tests of the inputs: readable calls, PEM of the right shape, a file system in a map. */
import { expect, test } from 'vitest';
import { InputError, type InputProblem } from '../../src/errors.ts';
import type { FileText } from '../../src/inputs/file-text.ts';
import { type InputContext, parseInputs } from '../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';

export type Raw = Readonly<Record<string, string>>;

export const CERTIFICATE = pem('CERTIFICATE', 'MIIBcert');
export const KEY = pem('PRIVATE KEY', 'MIIBsecretkey');
export const ENCRYPTED_KEY = pem('ENCRYPTED PRIVATE KEY', 'MIIBsecretkey');

/** A sync to one target without anything else. */
export const SYNC: Raw = { command: 'sync', 'target-bootstrap-servers': 'new-1:9092' };

export function pem(label: string, opening: string): string {
  const body = opening.padEnd(128, 'A');
  return `-----BEGIN ${label}-----\n${body.slice(0, 64)}\n${body.slice(64)}\n-----END ${label}-----\n`;
}

export function filesOf(files: Raw): (path: string) => FileText {
  return (path) => {
    const text = files[path];
    return text === undefined ? { error: 'no such file' } : { text };
  };
}

export function parse(raw: Raw, files: Raw = {}, defaults: Raw = {}, context: Partial<InputContext> = {}): Inputs {
  return parseInputs(new Map(Object.entries(raw)), {
    readFile: filesOf(files),
    defaults: new Map(Object.entries(defaults)),
    ...context,
  });
}

export function problemsOf(raw: Raw, files: Raw = {}, context: Partial<InputContext> = {}): readonly InputProblem[] {
  return problemsThrownBy(() => parse(raw, files, {}, context));
}

export function problemsThrownBy(run: () => unknown): readonly InputProblem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

export interface BadInput {
  readonly given: Raw;
  readonly files?: Raw;
  readonly problem: InputProblem;
}

/** The secret of the tables, which no message may hold. */
const SECRET = /hunter2|secretkey/;

/** One test a row: exactly this problem, word by word, and no secret in it. */
export function eachBadInput(rows: Readonly<Record<string, BadInput>>): void {
  test.each(Object.entries(rows))('%s', (_, { given, files, problem }) => {
    const problems = problemsOf(given, files ?? {});
    expect(problems).toEqual([problem]);
    expect(JSON.stringify(problems)).not.toMatch(SECRET);
  });
}

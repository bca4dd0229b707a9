/** How long and how named the files are, and what a folder says of itself. */
import { posix } from 'node:path';
import { readFacts } from './source-facts.ts';

const MAX_SOURCE_LINES = 250;
const MAX_TEST_LINES = 400;
const MAX_FUNCTION_LINES = 60;

/** Files of pure data that grow with what they list, or hold the text of other files. */
const DATA_TABLES = new Set([
  'src/adapters/kafka/protocol/error-names.ts',
  'src/domain/connectors/keys/key-table.ts',
  'src/report/html/page-assets.ts',
]);
/** A digit that belongs to the name of a thing. */
const NAMED_WITH_A_NUMBER = /^(?:mm2|lz4|base64|sha256|utf8)$/;

export function sizeViolations(files: ReadonlyMap<string, string>): readonly string[] {
  const violations: string[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith('.ts')) continue;
    const isSource = path.startsWith('src/');
    const limit = isSource ? MAX_SOURCE_LINES : MAX_TEST_LINES;
    const lines = text.trimEnd().split('\n').length;
    if (lines > limit && !DATA_TABLES.has(path)) violations.push(`${path}: ${lines} lines, at most ${limit}`);
    if (!isSource) continue;
    for (const { name, line, lines } of readFacts(path, text).functions) {
      if (lines <= MAX_FUNCTION_LINES) continue;
      violations.push(`${path}:${line}: ${name} has ${lines} lines, at most ${MAX_FUNCTION_LINES}`);
    }
  }
  return violations;
}

export function nameViolations(paths: Iterable<string>): readonly string[] {
  const violations: string[] = [];
  for (const path of paths) {
    if (!/^(?:src|test|scripts)\//.test(path)) continue;
    const parts = path.split('/');
    const stems = parts.map((part) => part.replace(/(?:\.(?:e2e|test|d|ts|mjs|js|json|md))+$/, ''));
    if (stems.some((stem) => /(?:^|[-_.])(?:utils?|helpers?|misc|common)(?:$|[-_.])/i.test(stem))) {
      violations.push(`${path}: is named after no task`);
    }
    const words = (stems.at(-1) ?? '').split(/[-_.]/);
    const last = words.at(-1) ?? '';
    const isNumbered = /\d$/.test(last) && !NAMED_WITH_A_NUMBER.test(last);
    if (isNumbered && /\.(?:ts|mjs)$/.test(path)) violations.push(`${path}: is numbered`);
  }
  return violations;
}

/** A folder of `src` has a README, or the README of the folder around it speaks of it as `name/`. */
export function folderViolations(files: ReadonlyMap<string, string>): readonly string[] {
  const folders = new Set([...files.keys()].filter((path) => path.startsWith('src/')).map(posix.dirname));
  folders.delete('src');
  return [...folders].sort().flatMap((folder) => {
    if (files.has(`${folder}/README.md`)) return [];
    const above = files.get(`${posix.dirname(folder)}/README.md`) ?? '';
    return above.includes(`${posix.basename(folder)}/`) ? [] : [`${folder}: no README.md says what belongs there`];
  });
}

/** Tests that do not run, and one that keeps the others from running. */
export function idleTestViolations(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    if (!/^test\/.*\.test\.ts$/.test(path)) return [];
    const idle = /^(?:test|it|describe|suite|bench|ctx|context)\.(?:\w+\.)*(?:only|skip|skipIf|runIf|todo|fails)$/;
    return readFacts(path, text)
      .members.filter((member) => idle.test(member.text))
      .map((member) => `${path}:${member.line}: ${member.text}`);
  });
}

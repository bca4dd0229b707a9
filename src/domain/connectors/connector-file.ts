/** Connector files: a flat map of settings, or Connect's `{name, config}`; all problems of all files at once. */
import type { InputProblem } from '../../errors.ts';
import type { ConnectorConfig } from './connector-config.ts';

/** What a format reader makes of a file. Numbers and booleans come as the text that was written (`1.0` stays `1.0`). */
export type FileValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'list' }
  | FileMap;
export interface FileMap {
  readonly kind: 'map';
  /** In file order, each with the line of its key, from one, where the reader knows it; a key may occur twice. */
  readonly entries: readonly (readonly [key: string, value: FileValue, line?: number])[];
}

export interface ReadFile {
  readonly file: string;
  /** What the reader objects to, free of the file's text (it may hold secrets); a position is fine. */
  readonly content: FileValue | { readonly kind: 'unreadable'; readonly seen: string; readonly expected: string };
}

export interface ParsedFiles {
  readonly connectors: readonly ConnectorConfig[];
  /** Properties files of Connect workers among them: they are linted, never applied. */
  readonly workers: readonly ConnectorConfig[];
  readonly problems: readonly InputProblem[];
}

/** Keys that `GET /connectors/{name}` prints beside `name` and `config`, so a saved answer may hold them. */
const WRAPPER_KEYS = new Set(['name', 'config', 'tasks', 'type']);

export function parseConnectorFiles(files: readonly ReadFile[]): ParsedFiles {
  const problems: InputProblem[] = [];
  const connectors: ConnectorConfig[] = [];
  const workers = files.flatMap((file) => readWorker(file) ?? []);
  const fileOfName = new Map<string, string>();
  for (const file of files) {
    if (workers.some((worker) => worker.file === file.file)) continue;
    const parsed = parseFile(file);
    problems.push(...parsed.problems);
    const connector = parsed.connector;
    if (connector === null) continue;
    const first = fileOfName.get(connector.name);
    if (first !== undefined) {
      problems.push(
        problem(
          file.file,
          'a name that no other file uses',
          `"${connector.name}", also in ${first}`,
          'Rename one of them.',
        ),
      );
      continue;
    }
    fileOfName.set(connector.name, file.file);
    connectors.push(connector);
  }
  return { connectors, workers, problems };
}

/** A flat map without a class that says where workers keep their state; null for anything else. */
function readWorker({ file, content }: ReadFile): ConnectorConfig | null {
  if (content.kind !== 'map') return null;
  const keys = content.entries.map(([key]) => key);
  if (keys.includes('connector.class') || !keys.includes('bootstrap.servers')) return null;
  if (!keys.some((key) => /^(?:config|offset|status)\.storage\./.test(key))) return null;
  const problems: InputProblem[] = [];
  const config = readSettings(file, content, problems);
  return problems.length > 0 ? null : { name: file, class: '', config, file, lines: linesOf(content) };
}

function parseFile({ file, content }: ReadFile): { connector: ConnectorConfig | null; problems: InputProblem[] } {
  if (content.kind === 'unreadable') {
    return { connector: null, problems: [problem(file, content.expected, content.seen, 'Correct the file.')] };
  }
  if (content.kind !== 'map') {
    const hint = 'One file holds one connector: {"name": …, "connector.class": …} or {"name": …, "config": {…}}.';
    return { connector: null, problems: [problem(file, 'a map of settings', describe(content), hint)] };
  }
  const { settings, problems } = unwrap(file, content);
  const config = readSettings(file, settings, problems);
  const name = readName(file, config, problems);
  const connectorClass = (config['connector.class'] ?? '').trim();
  if (connectorClass === '') {
    const hint = 'For example org.apache.kafka.connect.mirror.MirrorSourceConnector.';
    problems.push(problem(file, '"connector.class"', 'none', hint));
  }
  if (problems.length > 0) return { connector: null, problems };
  return { connector: { name, class: connectorClass, config, file, lines: linesOf(settings) }, problems };
}

/** Takes `{name, config}` apart; a flat map is returned as it is. */
function unwrap(file: string, map: FileMap): { settings: FileMap; problems: InputProblem[] } {
  const wrapped = map.entries.find(([key, value]) => key === 'config' && value.kind === 'map')?.[1];
  if (wrapped?.kind !== 'map') return { settings: map, problems: [] };
  const problems: InputProblem[] = [];
  for (const [key] of map.entries) {
    if (WRAPPER_KEYS.has(key)) continue;
    const hint = 'Settings belong inside "config"; "initial_state" is not supported.';
    problems.push(problem(file, 'only "name" and "config" at the top', `"${key}"`, hint));
  }
  const outerEntry = map.entries.find(([key]) => key === 'name');
  const outer = outerEntry?.[1];
  const inner = wrapped.entries.find(([key]) => key === 'name')?.[1];
  if (outer === undefined || inner === undefined) {
    const name = outerEntry === undefined ? [] : [outerEntry];
    return { settings: { kind: 'map', entries: [...name, ...wrapped.entries] }, problems };
  }
  if (outer.kind === 'text' && inner.kind === 'text' && outer.text !== inner.text) {
    const hint = 'Connect refuses a config whose name contradicts; keep one of them.';
    problems.push(problem(file, 'one name', `"${outer.text}" and, inside "config", "${inner.text}"`, hint));
  }
  return { settings: wrapped, problems };
}

function readSettings(file: string, settings: FileMap, problems: InputProblem[]): Record<string, string> {
  const config: Record<string, string> = {};
  const seen = new Set<string>();
  for (const [key, value] of settings.entries) {
    if (seen.has(key)) {
      problems.push(problem(file, 'each key once', `"${key}" twice`, 'Remove one: which of them counts is chance.'));
      continue;
    }
    seen.add(key);
    if (value.kind === 'text') {
      Object.defineProperty(config, key, { value: value.text, enumerable: true, configurable: true, writable: true });
      continue;
    }
    const hint =
      value.kind === 'null'
        ? 'Remove the key, or give it a value ("" is one).'
        : 'Connect settings are flat: write lists as "a,b" and nested keys with dots.';
    problems.push(problem(file, `a text, number or boolean for "${key}"`, describe(value), hint));
  }
  return config;
}

function linesOf(settings: FileMap): ReadonlyMap<string, number> {
  return new Map(settings.entries.flatMap(([key, , line]) => (line === undefined ? [] : [[key, line] as const])));
}

function readName(file: string, config: Readonly<Record<string, string>>, problems: InputProblem[]): string {
  const name = config['name'];
  if (name === undefined) {
    problems.push(problem(file, '"name"', 'none', 'Every connector file names its connector.'));
    return '';
  }
  // Connect refuses control characters and trims; `.` and `..` cannot be addressed in a URL.
  const usable = name !== '' && name.trim() === name && name !== '.' && name !== '..' && !/\p{Cc}/u.test(name);
  if (!usable) {
    problems.push(
      problem(file, 'a usable "name"', JSON.stringify(name), 'No blanks around it, no control characters.'),
    );
  }
  return name;
}

function describe(value: FileValue): string {
  if (value.kind === 'list') return 'a list';
  if (value.kind === 'map') return 'a nested map';
  return value.kind === 'null' ? 'null' : 'a single value';
}

function problem(file: string, expected: string, seen: string, hint: string): InputProblem {
  return { input: 'connectors', expected, seen: `${seen} in ${file}`, hint };
}

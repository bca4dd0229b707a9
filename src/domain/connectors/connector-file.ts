/**
 * Connector files: a flat map of settings, Connect's `{name, config}`, or what MSK Connect's create-connector takes and
 * describe-connector prints (`connectorName`, `connectorConfiguration`); all problems of all files at once.
 */
import type { InputProblem } from '../../errors.ts';
import type { ConnectorConfig } from './connector-config.ts';
import { type ForeignFile, foreignFile, WRAPPER_KEYS } from './foreign-file.ts';

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
  /** Several may have the same name (the lint's `name-duplicate`): then none of them may be applied. */
  readonly connectors: readonly ConnectorConfig[];
  /** Properties files of Connect workers among them: they are linted, never applied. */
  readonly workers: readonly ConnectorConfig[];
  /** No connectors: of other tools, or hit by a broad glob. Bad input where anything is compared or written. */
  readonly foreign: readonly ForeignFile[];
  readonly problems: readonly InputProblem[];
}

export function parseConnectorFiles(files: readonly ReadFile[]): ParsedFiles {
  const problems: InputProblem[] = [];
  const connectors: ConnectorConfig[] = [];
  const workers: ConnectorConfig[] = [];
  const foreign: ForeignFile[] = [];
  for (const file of files) {
    if (isWorker(file)) {
      const config = readSettings(file.file, file.content, problems);
      workers.push({ name: file.file, class: '', config, file: file.file, lines: linesOf(file.content) });
      continue;
    }
    const stranger = file.content.kind === 'map' ? foreignFile(file.file, file.content) : null;
    if (stranger !== null) {
      foreign.push(stranger);
      continue;
    }
    const parsed = parseFile(file);
    problems.push(...parsed.problems);
    if (parsed.connector !== null) connectors.push(parsed.connector);
  }
  return { connectors, workers, foreign, problems };
}

/** A problem for each file whose connector has the name of one before it. */
export function equalNames(connectors: readonly ConnectorConfig[]): readonly InputProblem[] {
  const fileOfName = new Map<string, string>();
  return connectors.flatMap(({ name, file }): InputProblem[] => {
    const first = fileOfName.get(name);
    if (first === undefined) {
      fileOfName.set(name, file);
      return [];
    }
    const seen = `"${name}", also in ${first}`;
    return [problem(file, 'a name that no other file uses', seen, 'Rename one of them.')];
  });
}

/** A flat map without a class that says where workers keep their state. */
function isWorker(file: ReadFile): file is ReadFile & { readonly content: FileMap } {
  if (file.content.kind !== 'map') return false;
  const keys = file.content.entries.map(([key]) => key);
  if (keys.includes('connector.class') || !keys.includes('bootstrap.servers')) return false;
  return keys.some((key) => /^(?:config|offset|status)\.storage\./.test(key));
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

/** MSK Connect's names for `name` and `config`; capacity, roles and the rest are not the connector's. */
function withoutMsk(map: FileMap): FileMap {
  if (!map.entries.some(([key, value]) => key === 'connectorConfiguration' && value.kind === 'map')) return map;
  const entries = map.entries.flatMap(([key, value, line]): FileMap['entries'] => {
    const name = key === 'connectorName' ? 'name' : key === 'connectorConfiguration' ? 'config' : null;
    return name === null ? [] : [line === undefined ? [name, value] : [name, value, line]];
  });
  return { kind: 'map', entries };
}

/** Takes `{name, config}` apart; a flat map is returned as it is. */
function unwrap(file: string, written: FileMap): { settings: FileMap; problems: InputProblem[] } {
  const map = withoutMsk(written);
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
  const seen = new Map<string, number | undefined>();
  for (const [key, value, line] of settings.entries) {
    if (seen.has(key)) {
      const first = seen.get(key);
      const lines = first === undefined || line === undefined ? '' : `, at lines ${first} and ${line},`;
      const hint = 'Remove one: which of them counts is chance.';
      problems.push(problem(file, 'each key once', `"${key}" twice${lines}`, hint));
      continue;
    }
    seen.set(key, line);
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

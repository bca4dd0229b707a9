/** Inputs as `--help` shows them. */
import type { InputGroup, InputSpec } from '../schema/input-spec.ts';
import { INPUTS } from '../schema/schema.ts';

const INDENT = 6;

/** One input, or the same input of both clusters: two names, and SIDE in its words. */
interface HelpEntry {
  readonly names: readonly string[];
  readonly spec: InputSpec;
  readonly description: string;
  /** Default, and where it is not known from the title, the commands. */
  readonly facts: readonly string[];
}

/** Every input by itself. */
export function allInputs(group: InputGroup, columns: number): string {
  return entryLines(
    inputsOf(group).map((spec) => {
      const entry = single(spec);
      return spec.commands === undefined
        ? entry
        : { ...entry, facts: [`For ${spec.commands.join(', ')}.`, ...entry.facts] };
    }),
    columns,
  );
}

/** Those of both clusters once, with SIDE for `source` and `target`. */
export function sharedInputs(specs: readonly InputSpec[], columns: number): string {
  const twins = new Map(specs.filter(({ name }) => name.startsWith(TARGET)).map((spec) => [spec.name, spec]));
  const entries = specs.flatMap((spec) => {
    if (spec.name.startsWith(TARGET) && specs.some(({ name }) => name === twinName(spec.name, TARGET, SOURCE)))
      return [];
    const twin = twins.get(twinName(spec.name, SOURCE, TARGET));
    return [twin === undefined || !spec.name.startsWith(SOURCE) ? single(spec) : both(spec, twin)];
  });
  return entryLines(entries, columns);
}

export function inputsOf(group: InputGroup): readonly InputSpec[] {
  return INPUTS.filter((spec) => spec.group === group && spec.name !== 'command');
}

const SOURCE = 'source-';
const TARGET = 'target-';

function twinName(name: string, from: string, to: string): string {
  return name.startsWith(from) ? to + name.slice(from.length) : '';
}

function single(spec: InputSpec): HelpEntry {
  const facts = spec.default === undefined ? [] : [`Default: ${spec.default}`];
  return { names: [spec.name], spec, description: spec.description, facts };
}

function both(source: InputSpec, target: InputSpec): HelpEntry {
  const defaults = [...new Set([source.default, target.default].filter((text) => text !== undefined))];
  return {
    names: [source.name, target.name],
    spec: source,
    description: source.description.replaceAll(/\bsource\b/g, 'SIDE'),
    facts: defaults.length === 0 ? [] : [`Default: ${defaults.join(' and ')}`],
  };
}

function entryLines(entries: readonly HelpEntry[], columns: number): string {
  return entries.map((entry) => entryText(entry, columns)).join('');
}

function entryText({ names, spec, description, facts }: HelpEntry, columns: number): string {
  const text = [description.replaceAll('`', ''), ...facts].join(' ');
  const head = `  ${names.map((name) => `--${name}`).join(', ')} ${placeholder(spec)}`;
  return `${head}\n${wrapped(text, columns, INDENT)}\n`;
}

/** Lines of at most `columns` where words allow it, each indented. */
export function wrapped(text: string, columns: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > columns - indent && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((part) => ' '.repeat(indent) + part).join('\n');
}

function placeholder(spec: InputSpec): string {
  if (spec.secret) return 'env:NAME|file:PATH';
  if (spec.choices !== undefined) return spec.choices.join('|');
  switch (spec.kind) {
    case 'boolean':
      return '[true|false]';
    case 'duration':
      return 'DURATION';
    case 'count':
      return 'NUMBER';
    case 'size':
      return 'SIZE';
    case 'list':
      return 'LIST';
    case 'host-ports':
      return 'HOST:PORT,...';
    case 'url':
      return 'URL';
    case 'shard':
      return 'I/N';
    case 'path':
    case 'pem':
    case 'properties':
      return 'PATH';
    case 'text':
    case 'choice':
      return 'TEXT';
  }
}

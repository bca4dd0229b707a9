/** JSON, YAML and Java properties → the tree that the domain reads. No message quotes the text: it may hold secrets. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { FileValue, ReadFile } from '../../domain/connectors/connector-file.ts';
import { parseJavaProperties } from '../../inputs/properties/java-properties.ts';
import { jsonFault } from './json-fault.ts';

type Content = ReadFile['content'];

export const CONNECTOR_FILE_ENDINGS = ['.json', '.yaml', '.yml', '.properties'] as const;

/** The ending decides the format. @param text without a byte order mark. */
export function readConnectorText(file: string, text: string): Content {
  const ending = file.slice(file.lastIndexOf('.')).toLowerCase();
  if (text.trim() === '') return unreadable('one connector', 'an empty file');
  if (ending === '.json') return readJson(text);
  if (ending === '.yaml' || ending === '.yml') return readYaml(text, 'YAML');
  if (ending === '.properties') return readProperties(text);
  return unreadable(`a file that ends in ${CONNECTOR_FILE_ENDINGS.join(', ')}`, 'another ending');
}

/**
 * JSON.parse judges the grammar. The tree comes from the YAML reader, of which JSON is a part, since JSON.parse keeps
 * neither a second equal key nor the text of a number (1.0).
 */
function readJson(text: string): Content {
  try {
    JSON.parse(text);
  } catch {
    return unreadable('valid JSON', `a syntax error${placeOf(text, jsonFault(text))}`);
  }
  return readYaml(text, 'JSON');
}

function placeOf(text: string, position: number | null): string {
  if (position === null) return '';
  const before = text.slice(0, position).split('\n');
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function readYaml(text: string, format: 'YAML' | 'JSON'): Content {
  const lineCounter = new LineCounter();
  // Equal keys are the domain's to report, by name; pretty errors would quote the text.
  const documents = parseAllDocuments(text, {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter,
  });
  if (!Array.isArray(documents)) return unreadable('one connector', 'an empty file');
  const fault = documents.flatMap((document) => [...document.errors, ...document.warnings])[0];
  if (fault !== undefined) {
    const { line, col } = lineCounter.linePos(fault.pos[0]);
    return unreadable(`valid ${format}`, `a syntax error (${fault.code}) at line ${line}, column ${col}`);
  }
  const [document, second] = documents;
  if (document === undefined) return unreadable('one connector', 'an empty file');
  if (second !== undefined) return unreadable('one connector', 'several YAML documents');
  return toFileValue(document.contents, { document, lineCounter }, true);
}

interface Source {
  readonly document: Document.Parsed;
  readonly lineCounter: LineCounter;
}

function toFileValue(node: unknown, source: Source, isTop: boolean): FileValue {
  const value = isAlias(node) ? node.resolve(source.document) : node;
  if (isMap(value)) {
    // Below `config` nothing nested is accepted, so two levels are all that is read.
    const entries = value.items.map(
      ({ key, value: entry }) => [keyText(key), toEntry(entry, source, isTop), lineOf(key, source)] as const,
    );
    return { kind: 'map', entries };
  }
  if (isSeq(value)) return { kind: 'list' };
  return scalarValue(value);
}

function toEntry(node: unknown, source: Source, mayNest: boolean): FileValue {
  const value = isAlias(node) ? node.resolve(source.document) : node;
  if (isMap(value) && !mayNest) return { kind: 'map', entries: [] };
  return toFileValue(value, source, false);
}

function lineOf(key: unknown, { lineCounter }: Source): number {
  const start = isScalar(key) || isAlias(key) ? (key.range?.[0] ?? 0) : 0;
  return lineCounter.linePos(start).line;
}

function scalarValue(node: unknown): FileValue {
  if (!isScalar(node) || node.value === null || node.value === undefined) return { kind: 'null' };
  if (typeof node.value === 'string') return { kind: 'text', text: node.value };
  return { kind: 'text', text: node.source ?? String(node.value) };
}

function keyText(key: unknown): string {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))) : String(key);
}

function readProperties(text: string): Content {
  const properties = parseJavaProperties(text);
  if ('malformedLine' in properties) {
    return unreadable('valid Java properties', `a malformed \\u escape in line ${properties.malformedLine}`);
  }
  // Java takes the last of equal keys; here they are the domain's to report, as in the other formats.
  const entries = properties.written.map(([key, text, line]) => [key, { kind: 'text', text }, line] as const);
  return { kind: 'map', entries };
}

export function unreadable(expected: string, seen: string): Content {
  return { kind: 'unreadable', expected, seen };
}

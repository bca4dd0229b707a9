/** The examples of the lint's rules: test/corpus/lint/<rule>/{good,bad}/ and what case.yaml says of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConnectorFiles } from '../../src/adapters/files/connector-files.ts';
import { type LintSubject, lintConnectors } from '../../src/domain/connectors/lint/lint.ts';
import type { Finding } from '../../src/domain/finding.ts';

const CORPUS = join(import.meta.dirname, '../corpus/lint');
const CONNECTOR_FILES = '**/*.{json,yaml,yml,properties}';

/** What is known beside the files; what is left out is not known, and groups are synced by the action. */
export type Facts = Partial<Omit<LintSubject, 'connectors'>>;

/** `at`: where the rule finds the bad example; `also`: other rules that find the same mistake, or the same old worker. */
export interface LintCase {
  readonly rule: string;
  readonly bad: Facts & { readonly at: readonly string[]; readonly also?: readonly string[] };
  readonly good?: Facts & { readonly also?: readonly string[] };
}

export function lintCases(): readonly LintCase[] {
  return readdirSync(CORPUS).map((rule) => {
    const text = readFileSync(join(CORPUS, rule, 'case.yaml'), 'utf8');
    return { rule, ...(parse(text) as Omit<LintCase, 'rule'>) };
  });
}

/** Findings of the files of one example. */
export async function lintExample(rule: string, kind: 'good' | 'bad', facts: Facts = {}): Promise<readonly Finding[]> {
  return lintFolder(join(CORPUS, rule, kind), facts);
}

export async function lintFolder(folder: string, facts: Facts = {}): Promise<readonly Finding[]> {
  const { connectors, workers, problems } = await readConnectorFiles(CONNECTOR_FILES, folder);
  if (problems.length > 0) throw new Error(`${folder}: ${JSON.stringify(problems)}`);
  return lintConnectors({ ...subject(), ...facts, connectors, workers });
}

export function subject(): LintSubject {
  return {
    connectors: [],
    actionSyncsGroups: true,
    workerVersion: null,
    brokers: { source: null, target: null },
    topics: null,
    groups: null,
    ignore: [],
  };
}

/** `file:line`, or what the finding is about when it is no file. */
export function placeOf({ at, where }: Finding): string {
  return at === undefined ? where : `${at.file}:${at.line}`;
}

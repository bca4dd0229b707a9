import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { lintFolder } from '../../../support/lint-corpus.ts';

const LAB = join(import.meta.dirname, '../../../corpus/lab');

/** Of each file, the lines at which each rule finds something. */
type Expected = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>>>;

const expected = parse(readFileSync(join(LAB, 'expected.yaml'), 'utf8')) as Expected;

describe('configs with the defects of the Amazon MSK migration lab, by way to sign in', () => {
  test.each(Object.entries(expected))('%s', async (scheme, files) => {
    const found: Record<string, Record<string, number[]>> = {};
    for (const { rule, at } of await lintFolder(join(LAB, scheme), { actionSyncsGroups: false })) {
      const { file, line } = at ?? { file: 'none', line: null };
      const ofFile = found[file] ?? {};
      const lines = [...(ofFile[rule] ?? []), line ?? 0].sort((a, b) => a - b);
      found[file] = { ...ofFile, [rule]: lines };
    }
    expect(found).toEqual(files);
  });

  test('on the Kafka 2.7 of that lab, its version alone is an error', async () => {
    const findings = await lintFolder(join(LAB, 'iam'), { workerVersion: '2.7.0' });
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'mm2-runtime-unsafe', severity: 'error' }));
  });
});

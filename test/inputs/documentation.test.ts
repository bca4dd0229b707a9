import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { REASONS } from '../../src/domain/verdicts.ts';
import { environmentName, readActionInputs } from '../../src/inputs/action-inputs.ts';
import { renderCheckTable } from '../../src/inputs/check-documentation.ts';
import {
  renderActionEnvironment,
  renderActionInputs,
  renderAllInputs,
  renderFirstInputs,
  replaceSection,
} from '../../src/inputs/documentation.ts';
import { renderLintRules } from '../../src/inputs/lint-documentation.ts';
import {
  renderAclCommands,
  renderActionPermissions,
  renderIamPolicies,
  renderMm2Permissions,
} from '../../src/inputs/permission-documentation.ts';
import { INPUTS } from '../../src/inputs/schema/schema.ts';
import { renderReason, renderWordTables } from '../../src/report/word-documentation.ts';
import { parse } from './reading.ts';

const ROOT = new URL('../../', import.meta.url);
const SECTIONS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'action.yml': [
    ['inputs', renderActionInputs()],
    ['input-env', renderActionEnvironment()],
  ],
  'README.md': [
    ['first-inputs', renderFirstInputs()],
    ['inputs', renderAllInputs()],
  ],
  'docs/connectors.md': [['lint-rules', renderLintRules()]],
  'docs/cutover-gate.md': [['checks', renderCheckTable()]],
  'docs/reasons.md': [
    ...renderWordTables(),
    ...REASONS.map((reason) => [`reason-${reason}`, renderReason(reason)] as const),
  ],
  'docs/permissions.md': [
    ['read-only-rights', renderActionPermissions(['plan', 'check', 'export'])],
    ['writing-rights', renderActionPermissions(['sync', 'migrate', 'rollback'])],
    ['mm2-rights', renderMm2Permissions()],
    ['acl-commands', renderAclCommands()],
    ['iam-policies', renderIamPolicies()],
  ],
};

describe('the schema', () => {
  test('has names once, in kebab-case, each with a sentence that ends', () => {
    expect(new Set(INPUTS.map(({ name }) => name)).size).toBe(INPUTS.length);
    expect(INPUTS.filter(({ name }) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    expect(INPUTS.filter(({ description }) => !/^[A-Z`].{20,}\.$/.test(description))).toEqual([]);
  });

  test('calls a dozen inputs the first ones', () => {
    expect(INPUTS.filter(({ importance }) => importance === 'first')).toHaveLength(12);
  });

  test('has defaults that are read', () => {
    const defaults = INPUTS.flatMap(({ name, default: text }) => (text === undefined ? [] : [[name, text] as const]));
    const explicit = parse({ ...Object.fromEntries(defaults), 'target-bootstrap-servers': 'b:9092' });
    const implicit = parse({ 'target-bootstrap-servers': 'b:9092' });
    expect(jsonOf({ ...explicit, notices: [] })).toBe(jsonOf({ ...implicit, notices: [] }));
  });
});

describe('documents', () => {
  test.each(Object.keys(SECTIONS))('%s says what the schema says (npm run docs)', (name) => {
    const text = readFileSync(new URL(name, ROOT), 'utf8');
    for (const [section, body] of SECTIONS[name] ?? []) expect(replaceSection(text, section, body)).toBe(text);
  });

  test('action.yml has every input with its description, and no default but GitHub’s own', () => {
    const action = parseYaml(readFileSync(new URL('action.yml', ROOT), 'utf8')) as { inputs: Record<string, unknown> };
    const expected = INPUTS.map(({ name, description, actionDefault }) => [
      name,
      actionDefault === undefined ? { description } : { description, default: `\${{ ${actionDefault} }}` },
    ]);
    expect(action.inputs).toEqual(Object.fromEntries(expected));
  });

  test('a section is replaced between its markers and nothing else is touched', () => {
    const text = 'a\n  # inputs:start\nold\n  # inputs:end\nb\n';
    expect(replaceSection(text, 'inputs', 'x\ny\n')).toBe('a\n  # inputs:start\nx\ny\n  # inputs:end\nb\n');
    expect(replaceSection('<!-- inputs:start -->\n<!-- inputs:end -->', 'inputs', 'x')).toBe(
      '<!-- inputs:start -->\nx\n<!-- inputs:end -->',
    );
    expect(replaceSection(text, 'input-env', 'x')).toBeNull();
  });

  test('tables hold every input once', () => {
    const rows = renderAllInputs().match(/^\| `[a-z-]+` \|/gm) ?? [];
    expect(rows.map((row) => row.slice(3, -3)).sort()).toEqual(INPUTS.map(({ name }) => name).sort());
    expect(renderFirstInputs().match(/^\| `/gm)).toHaveLength(12);
  });
});

describe("the action's environment", () => {
  test('hands every input on under a name that every shell keeps', () => {
    const environment = Object.fromEntries(INPUTS.map(({ name }) => [environmentName(name), `value of ${name}`]));
    expect(Object.keys(environment).filter((name) => !/^INPUT_[A-Z_]+$/.test(name))).toEqual([]);
    expect(Object.fromEntries(readActionInputs(environment))).toEqual(
      Object.fromEntries(INPUTS.map(({ name }) => [name, `value of ${name}`])),
    );
  });

  test('empty is not given, and other variables are none of ours', () => {
    expect([...readActionInputs({ INPUT_GROUPS: '', INPUT_LABEL: ' ', 'INPUT_REPORT-DIR': 'x', HOME: '/' })]).toEqual(
      [],
    );
  });
});

function jsonOf(inputs: unknown): string {
  return JSON.stringify(inputs, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { environmentName } from '../../src/inputs/action-inputs.ts';
import { INPUTS } from '../../src/inputs/schema/schema.ts';
import { OUTPUT_NAMES } from '../../src/report/render-outputs.ts';

interface Step {
  readonly id: string;
  readonly if?: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
const action = parse(text) as Action;
const { steps } = action.runs;

function step(id: string): Step {
  const found = steps.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`action.yml has no step ${id}`);
  return found;
}

function expression(body: string): string {
  return `\${{ ${body} }}`;
}

/** The inputs that a step is given, by the name of the input. */
function inputsOf({ env = {} }: Step): string[] {
  return Object.values(env).flatMap((value) => /^\$\{\{ inputs\.(\S+) }}$/.exec(value)?.[1] ?? []);
}

describe('action.yml', () => {
  test('is a composite of three steps without any other action', () => {
    expect(action.runs.using).toBe('composite');
    expect(steps.map(({ id }) => id)).toEqual(['prepare', 'run', 'report']);
    expect(text).not.toMatch(/\buses:/);
  });

  test('has the inputs of the schema, without defaults that would overrule the config file', () => {
    expect(Object.keys(action.inputs)).toEqual(INPUTS.map(({ name }) => name));
    const defaults = Object.entries(action.inputs).filter(([, input]) => 'default' in input);
    expect(defaults.map(([name, input]) => [name, input.default])).toEqual([
      ['github-token', expression('github.token')],
      ['github-api-url', expression('github.api_url')],
    ]);
  });

  test('hands every input but GitHub’s own to the run step, under the name that it reads', () => {
    const { ACTION_FOLDER, ...inputs } = step('run').env ?? {};
    expect(ACTION_FOLDER).toBe(expression('steps.prepare.outputs.folder'));
    expect(inputs).toEqual(
      Object.fromEntries([
        ...INPUTS.filter(({ ofGitHub }) => ofGitHub !== true).map(({ name }) => [
          environmentName(name),
          expression(`inputs.${name}`),
        ]),
        ['INPUT_APPROVED_PLAN', expression('steps.prepare.outputs.approved-plan || inputs.approved-plan')],
      ]),
    );
  });

  test('keeps GitHub’s token from the step with the secrets of the clusters', () => {
    expect(inputsOf(step('run'))).not.toContain('github-token');
    expect(inputsOf(step('prepare'))).toContain('github-token');
  });

  test('lets the report step know whose comment it is, also of a run that was killed before it left a note', () => {
    const needed = ['command', 'config', 'shard', 'label', 'comment', 'comment-mode', 'fail-on', 'pr-number'];
    expect(inputsOf(step('report'))).toEqual(expect.arrayContaining(needed));
  });

  test('gives the other steps no secret of a cluster or of Connect', () => {
    const secrets = new Set(
      INPUTS.filter(({ secret, kind, ofGitHub }) => (secret === true || kind === 'properties') && !ofGitHub).map(
        ({ name }) => name,
      ),
    );
    expect(secrets.size).toBeGreaterThan(5);
    for (const id of ['prepare', 'report']) expect(inputsOf(step(id)).filter((name) => secrets.has(name))).toEqual([]);
  });

  test('names each environment variable as its input is named, and without hyphens', () => {
    for (const { env = {} } of steps) {
      for (const [name, value] of Object.entries(env)) {
        const input = /^\$\{\{ inputs\.(\S+) }}$/.exec(value)?.[1];
        if (input !== undefined) expect(name).toBe(environmentName(input));
        expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/);
      }
    }
  });

  test('has exactly the outputs that the report step sets', () => {
    expect(Object.keys(action.outputs)).toEqual(OUTPUT_NAMES);
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toMatch(new RegExp(`^\\$\\{\\{ steps\\.report\\.outputs\\.${name}( \\|\\| 'failed')? }}$`));
    }
  });

  test('lets no expression into a script and nothing into GITHUB_ENV', () => {
    for (const { run } of steps) expect(run).not.toMatch(/\$\{\{|GITHUB_ENV|GITHUB_PATH/);
  });

  test('makes node the process that the runner signals', () => {
    for (const { id, run, shell } of steps) {
      expect(shell).toBe('bash');
      expect(run.trimEnd().split('\n').at(-1)).toBe(`exec node "$GITHUB_ACTION_PATH/dist/index.js" step ${id}`);
    }
  });

  test('reports whatever happened', () => {
    expect(
      steps.filter((candidate) => candidate.if !== undefined).map((candidate) => [candidate.id, candidate.if]),
    ).toEqual([['report', 'always()']]);
  });
});

describe('the first step looks for Node.js ≥ 20.18', () => {
  /** Runs its script with a `node` that says the version, and otherwise prints what it is asked to run. */
  function preflight(version: string) {
    const folder = mkdtempSync(join(tmpdir(), 'mm2-preflight-'));
    const script = `#!/bin/sh\n[ "$1" = --version ] && echo '${version}' || echo "node $*"\n`;
    writeFileSync(join(folder, 'node'), script, { mode: 0o755 });
    const summary = join(folder, 'summary');
    const env = { PATH: `${folder}:/usr/bin:/bin`, GITHUB_ACTION_PATH: '/action', GITHUB_STEP_SUMMARY: summary };
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step('prepare').run];
    const { status, stdout } = spawnSync('bash', bash, { env, encoding: 'utf8' });
    const written = existsSync(summary) ? readFileSync(summary, 'utf8') : '';
    rmSync(folder, { recursive: true });
    return { status, stdout, summary: written };
  }

  test.each(['v20.18.0', 'v20.20.2', 'v22.0.0', 'v24.21.0', 'v100.1.0'])('%s will do', (version) => {
    expect(preflight(version)).toEqual({ status: 0, stdout: 'node /action/dist/index.js step prepare\n', summary: '' });
  });

  test.each(['v20.17.9', 'v18.20.4', 'v8.0.0', 'v9.99.0', 'not a version', ''])('%j will not', (version) => {
    const message = `Node.js ≥ 20.18 was not found on PATH (seen: ${version || 'none'}). Add actions/setup-node before this step.`;
    expect(preflight(version)).toEqual({ status: 1, stdout: `::error::${message}\n`, summary: `## ❌ ${message}\n` });
  });
});

/** The recipes for other CIs than GitHub's: what they say is what the command line takes. They run in the suite recipes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { openEnds, section, shellStages, withoutComments } from './jenkinsfile.ts';
import { ROOT } from './tracked-files.ts';

const read = (path: string) => readFileSync(join(ROOT, 'examples', path), 'utf8');
const context = {
  environment: () => 'correct-horse-battery-staple',
  readFile: (path: string) => (path === 'mm2.yml' ? { text: read('mm2.yml') } : { error: 'not there' }),
};

/** A shell's words; a variable becomes a hash or a duration where one is wanted. */
function inputsOf(line: string): Inputs {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  const expanded = words.map((word) =>
    word
      .replace(/^\$\{\w+:-(\w+)\}$/, '$1')
      .replace(/^\$(?:PLAN_HASH|hash)$/, '0'.repeat(25))
      .replace(/^\$(?:MM2_)?PHASE$/, 'cutover'),
  );
  const commandLine = readCommandLine(expanded, context);
  if (commandLine.kind !== 'run') throw new Error(`${line} runs nothing`);
  return parseInputs(commandLine.raw, { ...context, notices: commandLine.notices });
}

interface GitLabJob {
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if: string; readonly when?: string }[];
  readonly resource_group?: string;
  readonly allow_failure?: unknown;
  readonly artifacts?: {
    readonly when?: string;
    readonly paths: readonly string[];
    readonly reports: { readonly junit: string };
  };
  readonly timeout?: string;
  readonly before_script?: readonly string[];
}

describe('examples/gitlab/.gitlab-ci.yml', () => {
  const file = parse(read('gitlab/.gitlab-ci.yml')) as Readonly<Record<string, GitLabJob>>;
  const common = file['.mm2'];
  const shared =
    /cli\.js "\$@"([\s\S]*?)\n\}/.exec(common?.before_script?.[1] ?? '')?.[1]?.replaceAll('\\\n', ' ') ?? '';
  const jobs = Object.entries(file).filter(([, job]) => job.script !== undefined);
  const lines = jobs.flatMap(([name, { script = [] }]) =>
    script.filter((line) => line.startsWith('mm2 ')).map((line) => [name, line.slice('mm2 '.length)] as const),
  );

  test.each(lines)('%s calls the command line as it is: %s', (name, line) => {
    const inputs = inputsOf(`${line} ${shared.replace('"$CI_JOB_NAME"', name)}`);
    expect(inputs.notices).toEqual([]);
    expect(inputs.report).toMatchObject({ reportDir: 'mm2-report', label: name });
    expect(inputs.timeoutMs).toBeLessThan(3_600_000);
    expect(common?.timeout).toBe('1h');
  });

  test('every job is asked for by a rule, and none may fail unseen', () => {
    expect(jobs.map(([name]) => name)).toEqual(['plan', 'gate', 'plan-to-apply', 'apply', 'sync']);
    for (const [name, job] of jobs) {
      expect(job.rules?.length, name).toBeGreaterThan(0);
      expect(job.allow_failure, name).toBeUndefined();
      expect(job.script, name).not.toContainEqual(expect.stringMatching(/\|\| true|set \+e/));
    }
  });

  test('what writes does it one after the other, and apply waits for a person', () => {
    for (const name of ['apply', 'sync']) expect(file[name]?.resource_group).toBe('mm2');
    expect(file['apply']?.rules).toMatchObject([{ when: 'manual' }]);
  });

  test('the reports are kept when a job has failed, and GitLab gets the JUnit file', () => {
    expect(common?.artifacts).toMatchObject({
      when: 'always',
      paths: ['mm2-report/'],
      reports: { junit: 'mm2-report/junit.xml' },
    });
  });
});

describe('examples/jenkins/Jenkinsfile', () => {
  const text = read('jenkins/Jenkinsfile');
  const code = withoutComments(text);
  const stages = shellStages(text);
  const lines = stages.flatMap(({ name, steps, environment }) =>
    steps
      .flatMap((step) => step.split('\n'))
      .flatMap((line) => /cli\.js (.*)$/.exec(line)?.[1] ?? [])
      .map((line) => [name, line.replace('$SECRETS', environment['SECRETS'] ?? '')] as const),
  );

  test('is put together well', () => {
    expect(openEnds(text)).toEqual([]);
    expect(openEnds("a {\n  sh 'x\n}\n]\n{")).toEqual([
      'line 2: a quote is not closed',
      'line 4: ] closes nothing',
      'line 5: { is not closed',
    ]);
    const sections = [...code.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
    expect(sections).toEqual(['agent', 'options', 'parameters', 'environment', 'stages', 'post']);
  });

  test('has a stage for each step of the way', () => {
    expect(lines.map(([name]) => name)).toEqual(['Plan', 'Gate', 'Apply', 'Sync']);
    expect(new Set(lines.map(([, line]) => /--report-dir (\S+)/.exec(line)?.[1])).size).toBe(4);
  });

  test.each(lines)('%s calls the command line as it is: %s', (name, line) => {
    const inputs = inputsOf(line);
    expect(inputs.command).toBe(name === 'Gate' ? 'check' : name.toLowerCase());
    expect(inputs.notices).toEqual([]);
  });

  test('the gate guards pull requests, what writes is of the main branch and waits for a person', () => {
    const stageOf = (name: string) => code.split(`stage('${name}')`)[1]?.split('stage(')[0] ?? '';
    expect(stageOf('Gate')).toContain('changeRequest()');
    for (const name of ['Approve', 'Apply', 'Sync']) expect(stageOf(name)).toContain("branch 'main'");
    expect(code.indexOf('input message')).toBeLessThan(code.indexOf('cli.js apply'));
    expect(code).toContain('disableConcurrentBuilds()');
  });

  test('the reports are kept whatever happens, and Jenkins gets the JUnit files', () => {
    const post = section(code, 'post') ?? '';
    expect(post).toMatch(/always \{[\s\S]*junit testResults: 'mm2-report\/\*\/junit\.xml'[\s\S]*archiveArtifacts/);
  });
});

test.each(['gitlab/.gitlab-ci.yml', 'jenkins/Jenkinsfile'])('%s gives secrets by their names alone', (path) => {
  expect(read(path)).not.toMatch(/-password[ =](?!env:)/);
});

/**
 * examples/gitlab/.gitlab-ci.yml as it stands, under gitlab-ci-local: checked against GitLab's own schema, its jobs run by
 * the shell. An exit code of the command line ends a job, and its JUnit file is what GitLab shows.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { node24 } from '../../action/bundle.ts';
import { putExampleConnectors } from '../../bed/recipes-bed.ts';
import { connectorConfig, edited } from './connectors.ts';
import { beginWith, committedInJava, groupAt } from './groups.ts';
import { type Ended, type OwnCi, openOwnCi, runIn } from './own-ci.ts';
import { bed } from './recipe.ts';

const RUNNER = join(import.meta.dirname, '../../../node_modules/gitlab-ci-local/dist/index.js');
const RSYNC = join(import.meta.dirname, 'gitlab-runner');

beforeEach(() => beginWith([groupAt('billing', 120, ['orders-0', 'orders-1'])]));

interface Pipeline {
  /** `merge_request_event`, `push`, `schedule`, `web`: CI_PIPELINE_SOURCE. */
  readonly source: string;
  readonly jobs: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** Variables as the settings of a project hold them. */
function runPipeline(ci: OwnCi, { source, jobs, variables = {} }: Pipeline): Promise<Ended> {
  const { PATH = '', HOME: _, ...settings } = ci.environment;
  const given = { CI_PIPELINE_SOURCE: source, ...settings, ...variables };
  // A dollar is doubled where a value is not expanded.
  const flags = Object.entries(given).flatMap(([name, value]) => [
    '--variable',
    `${name}=${value.replaceAll('$', '$$$$')}`,
  ]);
  const path = spawnSync('rsync', ['--version']).status === 0 ? PATH : [RSYNC, PATH].join(delimiter);
  const program = [
    node24,
    RUNNER,
    '--force-shell-executor',
    '--shell-isolation',
    '--ignore-predefined-vars',
    'CI_PIPELINE_SOURCE',
  ];
  return runIn(ci, [...program, ...flags, ...jobs], { PATH: path });
}

function kept(ci: OwnCi, job: string, file: string): Promise<string> {
  return readFile(join(ci.workspace, '.gitlab-ci-local/artifacts', job, file), 'utf8');
}

const open = () => openOwnCi('gitlab/.gitlab-ci.yml', '.gitlab-ci.yml');

test('a merge request: plan and gate pass, their reports are kept, and nothing is written to a cluster', async () => {
  const ci = await open();
  const { exitCode, log } = await runPipeline(ci, { source: 'merge_request_event', jobs: [] });
  expect({ exitCode, log }).toMatchObject({ exitCode: 0, log: expect.stringMatching(/PASS[^\n]*gate/) });
  for (const job of ['plan', 'gate']) {
    expect(await kept(ci, job, 'mm2-report/junit.xml')).toMatch(/^<\?xml(?![\s\S]*<(?:failure|error))/);
    expect(JSON.parse(await kept(ci, job, 'mm2-report/report.json'))).toMatchObject({ finishedAt: expect.any(String) });
  }
  expect(log).not.toContain('apply');
  expect(await committedInJava('target')).toEqual([]);
});

test('the gate, asked for the cutover before anything was synced: exit code 3, a failed job, failures in JUnit', async () => {
  const ci = await open();
  const { exitCode, log } = await runPipeline(ci, {
    source: 'web',
    jobs: ['gate'],
    variables: { MM2_PHASE: 'cutover' },
  });
  expect(exitCode).not.toBe(0);
  expect(log).toMatch(/gate finished in .* FAIL 3/);
  expect(await kept(ci, 'gate', 'mm2-report/junit.xml')).toMatch(/<failure /);
});

test('the default branch: apply takes the hash of the plan before it, and the schedule commits offsets', async () => {
  const ci = await open();
  const path = 'connectors/mm2-checkpoint.json';
  const text = await readFile(join(ci.workspace, path), 'utf8');
  await ci.write({ [path]: edited(text, { 'emit.checkpoints.interval.seconds': '2' }) });
  try {
    const applied = await runPipeline(ci, { source: 'push', jobs: ['apply', '--needs'] });
    expect(applied.exitCode, applied.log).toBe(0);
    expect(await connectorConfig('mm2-checkpoint')).toMatchObject({ 'emit.checkpoints.interval.seconds': '2' });
  } finally {
    await putExampleConnectors(bed);
  }
  const synced = await runPipeline(ci, { source: 'schedule', jobs: ['sync'], variables: { MM2_RUN_FOR: '3m' } });
  expect(synced.exitCode, synced.log).toBe(0);
  expect(await committedInJava('target')).toEqual(
    expect.arrayContaining(['billing orders-0 120', 'billing orders-1 120']),
  );
});

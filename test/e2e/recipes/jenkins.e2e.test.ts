/**
 * The `sh` steps of examples/jenkins/Jenkinsfile as they stand, stage after stage, as `sh` runs them: the first that fails
 * ends the pipeline. What surrounds them is looked at by test/repo/own-ci.test.ts.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Stage, shellStages } from '../../repo/jenkinsfile.ts';
import { beginWith, committedInJava, groupAt } from './groups.ts';
import { type Ended, type OwnCi, openOwnCi, runIn } from './own-ci.ts';

beforeEach(() => beginWith([groupAt('billing', 120, ['orders-0', 'orders-1'])]));

interface StageEnd extends Ended {
  readonly name: string;
}

/** The stages of these names, each step with -xe as Jenkins has it; ends after the first that fails. */
async function runStages(
  ci: OwnCi,
  names: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<readonly StageEnd[]> {
  const file = await readFile(join(ci.workspace, 'Jenkinsfile'), 'utf8');
  const ended: StageEnd[] = [];
  for (const name of names) {
    const stage = shellStages(file).find((one: Stage) => one.name === name);
    for (const step of stage?.steps ?? [`the Jenkinsfile has no stage ${name}`]) {
      const { environment } = stage ?? { environment: {} };
      const end = await runIn(ci, ['sh', '-xe', '-c', step], { ...environment, ...variables });
      ended.push({ name, ...end });
      if (end.exitCode !== 0) return ended;
    }
  }
  return ended;
}

const endsOf = (ended: readonly StageEnd[]) => ended.map(({ name, exitCode }) => [name, exitCode]);
const GET = 'Get the command line';

test('a pull request: plan and gate pass, with a JUnit file each, and nothing is written to a cluster', async () => {
  const ci = await openOwnCi('jenkins/Jenkinsfile', 'Jenkinsfile');
  const ended = await runStages(ci, [GET, 'Plan', 'Gate'], { PHASE: 'rehearse' });
  expect(endsOf(ended), ended.at(-1)?.log).toEqual([
    [GET, 0],
    ['Plan', 0],
    ['Gate', 0],
  ]);
  for (const stage of ['plan', 'gate']) {
    expect(existsSync(join(ci.workspace, 'mm2-report', stage, 'junit.xml'))).toBe(true);
  }
  expect(await committedInJava('target')).toEqual([]);
});

test('the gate, asked for the cutover before anything was synced, ends with exit code 3', async () => {
  const ci = await openOwnCi('jenkins/Jenkinsfile', 'Jenkinsfile');
  const ended = await runStages(ci, [GET, 'Gate'], { PHASE: 'cutover' });
  expect(endsOf(ended)).toEqual([
    [GET, 0],
    ['Gate', 3],
  ]);
  expect(await readFile(join(ci.workspace, 'mm2-report/gate/junit.xml'), 'utf8')).toMatch(/<failure /);
});

test('the main branch: apply takes the hash of the plan, and the sync commits', async () => {
  const ci = await openOwnCi('jenkins/Jenkinsfile', 'Jenkinsfile');
  const ended = await runStages(ci, [GET, 'Plan', 'Apply', 'Sync'], { RUN_FOR: '3m' });
  expect(
    ended.map(({ exitCode }) => exitCode),
    ended.at(-1)?.log,
  ).toEqual([0, 0, 0, 0]);
  expect(await committedInJava('target')).toEqual(
    expect.arrayContaining(['billing orders-0 120', 'billing orders-1 120']),
  );
});

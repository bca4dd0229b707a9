/** The shell of examples/workflows/deploy.yml, with a stand-in for AWS. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly name?: string;
  readonly run?: string;
}

const workflow = parse(readFileSync(new URL('../../examples/workflows/deploy.yml', import.meta.url), 'utf8')) as {
  jobs: { stack: { steps: readonly Step[] } };
};
const steps = workflow.jobs.stack.steps;
const names = steps.map(({ name }) => name);
const CLEAR = 'Clear away a first deployment that failed';

/** Answers describe-stacks with the status, tells of one failure, and notes down what it was called with. */
const AWS = `#!/bin/bash
echo "$2 $3" >> "$CALLS"
case "$2" in
  describe-stacks)
    case "$STATUS" in
      none) echo "Stack with id migration does not exist" >&2; exit 254 ;;
      denied) echo "AccessDenied: not authorized to perform cloudformation:DescribeStacks" >&2; exit 254 ;;
      *) echo "$STATUS" ;;
    esac ;;
  describe-stack-events) echo "ConnectTask  AccessDenied" ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-recipe-'));
  writeFileSync(join(folder, 'aws'), AWS);
  chmodSync(join(folder, 'aws'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function clear(status: string) {
  const calls = join(folder, 'calls');
  const script = steps.find(({ name }) => name === CLEAR)?.run ?? '';
  const env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH']}`,
    CALLS: calls,
    STATUS: status,
    RUNNER_TEMP: folder,
  };
  // As the runner starts it.
  const run = promisify(execFile)('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { env });
  const { stdout, code } = await run.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { stdout, code, changed: called.filter((call) => !call.startsWith('describe-')) };
}

test('looks before it deploys', () => {
  expect(names.indexOf(CLEAR)).toBeGreaterThanOrEqual(0);
  expect(names.indexOf(CLEAR)).toBeLessThan(names.indexOf('Deploy'));
});

describe('a stack', () => {
  test('that was never complete is explained, deleted and waited for', async () => {
    const { stdout, code, changed } = await clear('ROLLBACK_COMPLETE');
    expect(code).toBe(0);
    expect(changed).toEqual(['delete-stack --stack-name', 'wait stack-delete-complete']);
    expect(stdout).toContain('::warning::The stack migration was never complete.');
    expect(stdout).toContain('AccessDenied');
  });

  test.each(['none', 'REVIEW_IN_PROGRESS', 'CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])(
    'in %s is left alone, and deployed to',
    async (status) => {
      expect(await clear(status)).toEqual(expect.objectContaining({ stdout: '', code: 0, changed: [] }));
    },
  );

  test('that may not be looked at ends the job with what AWS says', async () => {
    const { stdout, code, changed } = await clear('denied');
    expect({ code, changed }).toEqual({ code: 1, changed: [] });
    expect(stdout).toContain('not authorized to perform cloudformation:DescribeStacks');
  });

  test.each(['DELETE_FAILED', 'ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_IN_PROGRESS'])(
    'in %s ends the job with the reason, and is left alone',
    async (status) => {
      const { stdout, code, changed } = await clear(status);
      expect(code).toBe(1);
      expect(changed).toEqual([]);
      expect(stdout).toContain(`::error::The stack migration is in ${status}`);
    },
  );
});

/**
 * What may not change in an example without somebody seeing it: the rights of each job, the environment that guards it,
 * what keeps it from running beside another, and the conditions under which it is skipped.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const WORKFLOWS = join(import.meta.dirname, '..', '..', 'examples', 'workflows');

interface Guard {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly if?: string;
  readonly needs?: string;
}

interface Rules {
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Guard>>;
}

const READ = { contents: 'read' } as const;
const OIDC = { contents: 'read', 'id-token': 'write' } as const;

/** One group for all that write: GitHub then runs them one after the other, and ends none of them. */
const writes = (jobs: Rules['jobs']): Rules => ({
  concurrency: { group: 'mm2', 'cancel-in-progress': false },
  jobs,
});

/** The newest commit of a branch is the one to judge. */
const judges = (kind: string, jobs: Rules['jobs']): Rules => ({
  concurrency: { group: `mm2-${kind}-\${{ github.ref }}`, 'cancel-in-progress': true },
  jobs,
});

const RULES: Readonly<Record<string, Rules>> = {
  'apply-and-sync.yml': writes({
    migrate: { permissions: { ...READ, 'pull-requests': 'read' }, environment: 'kafka-migration' },
  }),
  // Required checks: GitHub counts a job that an `if` skips as passed.
  'cutover-gate.yml': judges('gate', {
    gate: {
      permissions: { ...READ, 'pull-requests': 'write', actions: 'read' },
      environment: 'kafka-migration-read',
    },
  }),
  'cutover.yml': writes({
    rehearse: { permissions: READ, environment: 'kafka-migration-read', if: "inputs.phase == 'cutover'" },
    cutover: { permissions: READ, environment: 'kafka-cutover', needs: 'rehearse' },
    decommission: { permissions: READ, environment: 'kafka-migration-read', if: "inputs.phase == 'decommission'" },
  }),
  'deploy.yml': writes({
    images: { permissions: OIDC, environment: 'kafka-migration-images' },
    stack: { permissions: OIDC, environment: 'kafka-migration-deploy', needs: 'images' },
    apply: { permissions: OIDC, environment: 'kafka-migration', needs: 'stack' },
  }),
  'msk-oidc.yml': writes({
    plan: { permissions: OIDC },
    sync: { permissions: OIDC, environment: 'kafka-migration-sync', needs: 'plan' },
  }),
  'plan-on-pull-request.yml': judges('plan', {
    plan: { permissions: { ...READ, 'pull-requests': 'write' }, environment: 'kafka-migration-read' },
  }),
  'rollback.yml': writes({
    rollback: { permissions: { ...READ, actions: 'read' }, environment: 'kafka-migration' },
  }),
  'scheduled-sync.yml': writes({ sync: { permissions: READ, environment: 'kafka-migration-sync' } }),
  'scram-to-iam.yml': writes({ sync: { permissions: OIDC, environment: 'kafka-migration-sync' } }),
  'self-hosted-sync.yml': writes({ sync: { permissions: READ, environment: 'kafka-migration-sync' } }),
  'sharded-sync.yml': writes({
    sync: { permissions: READ, environment: 'kafka-migration-sync' },
    // Also after a shard that failed: a missing part must not look like success.
    report: { permissions: { 'pull-requests': 'write' }, if: 'always()', needs: 'sync' },
  }),
};

function rulesOf(text: string): Rules {
  const { concurrency, jobs } = parse(text) as Rules;
  const guards = Object.entries(jobs).map(([name, job]) => {
    const { permissions, environment, needs } = job;
    const given = Object.entries({ environment, if: job.if, needs }).filter(([, value]) => value !== undefined);
    return [name, { permissions, ...Object.fromEntries(given) }] as const;
  });
  return { concurrency, jobs: Object.fromEntries(guards) };
}

describe('each example workflow', () => {
  test('is listed here', () => {
    expect(readdirSync(WORKFLOWS).sort()).toEqual(Object.keys(RULES).sort());
  });

  test.each(Object.entries(RULES))('%s holds just these rights, guards and locks', (name, rules) => {
    expect(rulesOf(readFileSync(join(WORKFLOWS, name), 'utf8'))).toEqual(rules);
  });

  test.each(Object.keys(RULES))('%s gives no right but those of its jobs', (name) => {
    const { permissions } = parse(readFileSync(join(WORKFLOWS, name), 'utf8')) as { permissions: object };
    expect(permissions).toEqual({});
  });
});

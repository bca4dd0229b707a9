/** Runs of the recipes that take roles of AWS, which trust what the policies of examples/aws say. */
import { expect } from 'vitest';
import { example, exampleWorkflow, type Replacement, replaced } from './example-files.ts';
import { type FakeAws, startFakeAws, type TrustPolicy } from './fake-aws.ts';
import { bed, openRecipe, type RecipeRun } from './recipe.ts';

const EXAMPLE_IDS = ['1234567', '7654321'] as const;
/** How GitHub names a repository in the subject of its tokens: without ids, and with those of both. */
export const OLD_FORM = 'acme/migration';
export const NEW_FORM = `acme@${EXAMPLE_IDS[0]}/migration@${EXAMPLE_IDS[1]}`;

export interface RoleRecipe {
  /** In place of .github/mm2.yml. */
  readonly config: string;
  readonly waits?: readonly Replacement[];
  /** In place of those of the bed. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** A part of the workflow that somebody has forgotten. */
  readonly without?: RegExp;
}

export interface SignIn {
  /** OLD_FORM by default. */
  readonly subject?: string;
  /** `main` by default. */
  readonly branch?: string;
  /** Of the roles; one that the IAM listeners know by default. */
  readonly session?: Readonly<Record<string, string>>;
  /** False as with jobs that do not ask for `id-token: write`. */
  readonly mayAsk?: boolean;
}

export async function runWithRoles(
  name: string,
  { config, waits = [], secrets = {}, without }: RoleRecipe,
  { subject = OLD_FORM, branch = 'main', session = bed.iamSession, mayAsk = true }: SignIn = {},
): Promise<{ readonly run: RecipeRun; readonly aws: FakeAws }> {
  const text = await exampleWorkflow(name);
  const workflow = mayAsk ? text : replaced(name, text, [['id-token: write', 'id-token: none']]);
  const roles = {
    'kafka-migration-read': await trustPolicy('trust-branch'),
    'kafka-migration': await trustPolicy('trust-environment'),
  };
  const aws = await startFakeAws({ workflow, subject, branch, session, roles });
  const recipe = await openRecipe(name, { waits, files: { '.github/mm2.yml': config } });
  if (without !== undefined) {
    const path = `.github/workflows/${name}.yml`;
    const whole = await recipe.read(path);
    expect(whole).toMatch(without);
    await recipe.commit({ [path]: whole.replace(without, '') });
  }
  const run = await recipe.run({ event: 'workflow_dispatch', environment: aws.environment, secrets });
  for (const secret of Object.values(session)) expect(run.log).not.toContain(secret);
  return { run, aws };
}

async function trustPolicy(name: string): Promise<TrustPolicy> {
  const text = replaced(name, await example(`aws/${name}.json`), [
    ['repo:ORG/REPO:', `repo:${OLD_FORM}:`],
    [`repo:ORG@${EXAMPLE_IDS[0]}/REPO@${EXAMPLE_IDS[1]}:`, `repo:${NEW_FORM}:`],
  ]);
  return JSON.parse(text) as TrustPolicy;
}

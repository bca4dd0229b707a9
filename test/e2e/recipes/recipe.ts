/** A consumer's repository with one of the recipes, and its runs under act against the bed: see README.md. */
import { cp, mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { parseReport } from '../../../src/report/json/parse-report.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { openAuthority } from '../../../src/testbed/security/authority.ts';
import {
  type ActJob,
  type ActJobStep,
  commitAll,
  removeFolder,
  spawnAct,
  writeAction,
  writeFiles,
} from '../../action/act.ts';
import { node24, systemNode } from '../../action/bundle.ts';
import { READER } from '../../bed/recipes-bed.ts';
import {
  type FakeGitHub,
  type FakePullRequest,
  type PullRequestRight,
  REPOSITORY,
  startFakeGitHub,
} from '../../support/fake-github.ts';
import { exampleConfig, exampleConnectorFiles, exampleWorkflow, type Replacement, replaced } from './example-files.ts';

export const bed = inject('recipesBed');

const STUBS = join(import.meta.dirname, 'stubs');
const ACTION = 'OWNER/kafka-mm2-migration-action';
/** Of the job's own token, as GitHub gives it. */
const TOKEN = 'ghs_token-of-the-job';

/** Variables of the environment `kafka-migration-read`. */
const READING_USERS = ['SOURCE_USERNAME', 'TARGET_USERNAME', 'CONNECT_USERNAME'];

export interface RecipeOptions {
  /** What GitHub knows; none by default. */
  readonly pullRequests?: readonly FakePullRequest[];
  /** False as for a fork: the token may only read. */
  readonly mayWrite?: boolean;
  /** Other workflows of the same repository, for `workflow` of a run. */
  readonly beside?: readonly string[];
  /** Sizes of waits in the workflow itself; each must stand there. */
  readonly waits?: readonly Replacement[];
  /** Files beside those of the examples, or in their place. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface RecipeRunOptions {
  /** Name of the event: `pull_request`, `push`, `merge_group`, `schedule`, `workflow_dispatch`. */
  readonly event: string;
  /** One of `beside`; by default the one that the recipe was opened for. */
  readonly workflow?: string;
  /** Added to the payload of the event. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** What a person gives by hand. */
  readonly inputs?: Readonly<Record<string, string | boolean>>;
  /** In place of those of the bed; an empty one is as if it were not there. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** For the stubs: variables whose names begin with RECIPE_. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly actor?: string;
  /** Folder of the `node` on PATH; '' for a machine without one. */
  readonly nodeFolder?: string;
}

export interface RecipeRun {
  /** For `run-id` of a later run. */
  readonly id: string;
  readonly jobs: readonly ActJob[];
  /** Throws where there is none, or more than one as with a matrix. */
  job(id: string): ActJob;
  /** By its name, or by what it uses where it has none: `uses`. Throws as `job` does. */
  step(name: string): ActJobStep;
  /** What a person sees of the whole workflow. */
  readonly log: string;
}

export interface Recipe {
  readonly github: FakeGitHub;
  /** Artifacts by the id of their run. */
  readonly artifacts: string;
  /** The step that uses the action without a name of its own. */
  readonly uses: string;
  /** Hash of the last commit. */
  sha(): string;
  /** Writes and commits; returns the commit's hash. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  read(path: string): Promise<string>;
  run(options: RecipeRunOptions): Promise<RecipeRun>;
}

/** The report.json that a run has kept as an artifact. */
export async function keptReport(recipe: Recipe, run: RecipeRun, artifact: string): Promise<ReportModel> {
  const parsed = parseReport(await readFile(join(recipe.artifacts, run.id, artifact, 'report.json'), 'utf8'));
  if (parsed.kind !== 'report') throw new Error(parsed.problems.join('\n'));
  return parsed.report;
}

let lastRun = 4710;

const pathOf = (workflow: string) => `.github/workflows/${workflow}.yml`;

/** Call it inside a test: all of it goes when the test ends. */
export async function openRecipe(name: string, options: RecipeOptions = {}): Promise<Recipe> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-recipe-'));
  onTestFinished(() => removeFolder(folder));
  const authority = openAuthority(bed.certificates);
  const { certificatePem, keyPem } = authority.certificate('server');
  const github = await startFakeGitHub(options.pullRequests ?? [], {
    tls: { cert: certificatePem, key: keyPem },
    token: TOKEN,
  });
  const host = new URL(github.apiUrl).host;
  const workspace = join(folder, 'migration');
  const workflow = replaced(name, await exampleWorkflow(name), options.waits ?? []);
  const workflows: Record<string, string> = { [pathOf(name)]: workflow };
  for (const other of options.beside ?? []) workflows[pathOf(other)] = await exampleWorkflow(other);
  await writeFiles(workspace, {
    ...(await exampleConnectorFiles(bed)),
    '.github/mm2.yml': await exampleConfig(bed),
    ...options.files,
    ...workflows,
  });
  const commit = () => commitAll(workspace, `https://${host}/${REPOSITORY}.git`);
  let sha = commit();
  const artifacts = join(folder, 'artifacts');
  await mkdir(artifacts);
  const actions = await localActions(folder, Object.values(workflows).join('\n'));
  return {
    github,
    artifacts,
    uses: `${ACTION}@v1`,
    sha: () => sha,
    async commit(files) {
      await writeFiles(workspace, files);
      sha = commit();
      return sha;
    },
    read: (path) => readFile(join(workspace, path), 'utf8'),
    async run(asked) {
      lastRun += 1;
      const id = String(lastRun);
      const ofRun = await mkdtemp(join(folder, 'run-'));
      const payload = payloadOf(asked, sha);
      github.grant(rightOf(workflows[pathOf(asked.workflow ?? name)] ?? '', options.mayWrite ?? true));
      await writeFiles(ofRun, { 'event.json': JSON.stringify(payload) });
      const environment = { ...environmentOf(id, artifacts, authority.caFile()), ...asked.environment };
      const running = await spawnAct({
        folder: ofRun,
        workspace,
        args: [
          ...[
            asked.event,
            '-W',
            pathOf(asked.workflow ?? name),
            '-e',
            join(ofRun, 'event.json'),
            '--github-instance',
            host,
          ],
          ...(asked.actor === undefined ? [] : ['--actor', asked.actor]),
          ...Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
          ...READING_USERS.flatMap((name) => ['--var', `${name}=${READER}`]),
          ...actions,
        ],
        secrets: { ...secretsOfBed(), GITHUB_TOKEN: TOKEN, ...asked.secrets },
        nodeFolder: asked.nodeFolder ?? dirname(systemNode()),
      });
      const { jobs, log } = await running.done;
      await refuseSecrets(log, artifacts, github);
      if (jobs.length === 0) throw new Error(`${name} ran no job on ${asked.event}:\n${log}`);
      return { id, jobs, log, ...finders(jobs) };
    },
  };
}

/** The payload of a pull request's event, from a branch of the same repository or from a fork. */
export function pullRequestPayload(number: number, from: 'branch' | 'fork' = 'branch') {
  const repository = from === 'fork' ? 'somebody/migration' : REPOSITORY;
  return {
    action: 'synchronize',
    number,
    pull_request: { number, head: { ref: 'change', repo: { full_name: repository } }, base: { ref: 'main' } },
  };
}

/** A pull request that is open and has no comments. */
export function openPullRequest(number: number): FakePullRequest {
  return { number, merged: false, oid: null, commits: [], comments: [] };
}

function payloadOf({ event, payload, inputs }: RecipeRunOptions, sha: string) {
  const repository = { full_name: REPOSITORY, default_branch: 'main' };
  const common = { repository, ...(inputs === undefined ? {} : { inputs }), ...payload };
  return event === 'push' ? { ref: 'refs/heads/main', after: sha, ...common } : common;
}

/** All jobs of a run under act have one token: it may what one of them may. A fork's may write nothing. */
function rightOf(workflow: string, mayWrite: boolean): PullRequestRight {
  const { jobs } = parse(workflow) as { jobs: Record<string, { permissions?: Record<string, PullRequestRight> }> };
  const rights = Object.values(jobs).map(({ permissions }) => permissions?.['pull-requests'] ?? 'none');
  const right = rights.find((one) => one === 'write') ?? rights.find((one) => one === 'read') ?? 'none';
  return right === 'write' && !mayWrite ? 'read' : right;
}

function environmentOf(id: string, artifacts: string, caFile: string): Readonly<Record<string, string>> {
  return {
    // A machine that trusts the company's authority, for brokers, Connect and GitHub alike.
    NODE_EXTRA_CA_CERTS: caFile,
    GITHUB_RUN_ID: id,
    RECIPE_ARTIFACTS: artifacts,
    RECIPE_NODE: systemNode(),
    RECIPE_NODE_24: node24,
  };
}

function secretsOfBed(): Readonly<Record<string, string>> {
  return {
    SOURCE_PASSWORD: bed.source.password,
    TARGET_PASSWORD: bed.target.password,
    CONNECT_PASSWORD: bed.connectPassword,
  };
}

/** Flags that give each action that the workflow uses: ours as a consumer gets it, others as stubs. */
async function localActions(folder: string, workflow: string): Promise<readonly string[]> {
  const own = join(folder, 'action');
  await writeAction(own);
  const stubs = await readdir(STUBS);
  const used = new Set([...workflow.matchAll(/^\s*(?:- )?uses: (\S+)/gm)].map(([, uses = '']) => uses));
  const flags: string[] = [];
  for (const uses of used) {
    const [repository = ''] = uses.split('@');
    // act copies the work tree for this one.
    if (repository === 'actions/checkout') continue;
    const stub = repository.slice(repository.indexOf('/') + 1);
    if (repository !== ACTION && !stubs.includes(stub)) throw new Error(`there is no stub of ${uses} in ${STUBS}`);
    const local = repository === ACTION ? own : join(folder, 'stubs', stub);
    if (repository !== ACTION) await cp(join(STUBS, stub), local, { recursive: true });
    flags.push('--local-repository', `${uses}=${local}`);
  }
  return flags;
}

function finders(jobs: readonly ActJob[]): Pick<RecipeRun, 'job' | 'step'> {
  const only = <T>(found: readonly T[], what: string, all: readonly string[]): T => {
    const [one] = found;
    if (one === undefined || found.length > 1) throw new Error(`${found.length} are ${what} of ${all.join(', ')}`);
    return one;
  };
  const steps = jobs.flatMap((job) => job.steps);
  const names = steps.map((step) => step.name);
  return {
    job: (id) =>
      only(
        jobs.filter((job) => job.id === id),
        id,
        jobs.map((job) => job.id),
      ),
    step: (name) =>
      only(
        steps.filter((step) => step.name === name),
        name,
        names,
      ),
  };
}

/** act masks its secrets in the log, as the runner does; nothing masks what was kept or sent. */
async function refuseSecrets(log: string, artifacts: string, github: FakeGitHub): Promise<void> {
  const kept = [log, ...github.bodies];
  for (const entry of await readdir(artifacts, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) kept.push(await readFile(join(entry.parentPath, entry.name), 'utf8'));
  }
  for (const [name, secret] of Object.entries(secretsOfBed())) {
    if (kept.some((text) => text.includes(secret))) throw new Error(`${name} was shown, kept or sent`);
  }
}

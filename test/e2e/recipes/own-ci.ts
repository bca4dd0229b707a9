/** A migration repository of another CI than GitHub's, with the command line as such a CI gets it: cloned at a tag. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openAuthority } from '../../../src/testbed/security/authority.ts';
import { removeFolder, writeFiles } from '../../action/act.ts';
import { distFolder, systemNode } from '../../action/bundle.ts';
import { example, exampleConfig, exampleConnectorFiles } from './example-files.ts';
import { bed } from './recipe.ts';

export interface OwnCi {
  readonly workspace: string;
  /** What every process of a job gets: secrets, the authority, and where the clone comes from. */
  readonly environment: Readonly<Record<string, string>>;
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

export interface Ended {
  readonly exitCode: number | null;
  /** Both streams. */
  readonly log: string;
}

const REPOSITORY = 'https://github.com/OWNER/kafka-mm2-migration-action';

/** Call it inside a test. @param file of examples/, as it stands, and its name in the repository. */
export async function openOwnCi(file: string, name: string): Promise<OwnCi> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-own-ci-'));
  onTestFinished(() => removeFolder(folder));
  const tool = join(folder, 'tool');
  await cp(distFolder(), join(tool, 'dist'), { recursive: true });
  commit(tool);
  git(tool, 'tag', 'v1');
  const workspace = join(folder, 'migration');
  await writeFiles(workspace, {
    ...(await exampleConnectorFiles(bed)),
    'mm2.yml': await exampleConfig(bed),
    [name]: await example(file),
  });
  commit(workspace);
  git(workspace, 'remote', 'add', 'origin', 'https://gitlab.example.com/migration/kafka.git');
  return {
    workspace,
    environment: {
      PATH: [dirname(systemNode()), process.env['PATH'] ?? ''].join(delimiter),
      HOME: folder,
      SOURCE_PASSWORD: bed.source.password,
      TARGET_PASSWORD: bed.target.password,
      CONNECT_PASSWORD: bed.connectPassword,
      NODE_EXTRA_CA_CERTS: openAuthority(bed.certificates).caFile(),
      // The clone of the recipe comes from here instead.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${tool}.insteadOf`,
      GIT_CONFIG_VALUE_0: REPOSITORY,
    },
    async write(files) {
      await writeFiles(workspace, files);
      commit(workspace);
    },
  };
}

/** Throws when a password was printed, or lies in a file of the folder. */
export async function runIn(
  { workspace, environment }: OwnCi,
  [program = '', ...args]: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: workspace,
    env: { ...environment, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  await refuseSecrets(log, workspace);
  return { exitCode, log };
}

async function refuseSecrets(log: string, folder: string): Promise<void> {
  const texts = [log];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const isReport = entry.isFile() && entry.parentPath.includes('mm2-report');
    if (isReport) texts.push(await readFile(join(entry.parentPath, entry.name), 'utf8'));
  }
  for (const secret of [bed.source.password, bed.target.password, bed.connectPassword]) {
    if (texts.some((text) => text.includes(secret))) throw new Error('a password was shown or kept');
  }
}

function commit(folder: string): void {
  const author = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com'];
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, ...author, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
}

function git(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

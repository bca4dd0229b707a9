/** What a command cannot do without, and what it would ignore. */
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { Command } from '../domain/verdicts.ts';
import { checkGeneratedSignIns } from './generated-sign-ins.ts';
import type { GeneralInputs } from './groups/general.ts';
import { sayBrokenQuotes, sayUnusedGeneration } from './groups/generation.ts';
import type { InputReader } from './input-reader.ts';
import type { ClusterReading } from './read-cluster.ts';
import { findInput, type InputName } from './schema/schema.ts';
import type { SyncInputs } from './typed-inputs.ts';
import { formatDurationMs } from './values/duration.ts';
import { oneOf } from './values/show.ts';

export interface Clusters {
  readonly source: ClusterReading;
  readonly target: ClusterReading;
}

interface Need {
  readonly input: InputName;
  /** What is expected there. */
  readonly expected: string;
  readonly hint: string;
}

const TARGET: Need = {
  input: 'target-bootstrap-servers',
  expected: 'the cluster that the groups move to',
  hint: 'Give target-bootstrap-servers, or bootstrap.servers in target-properties.',
};
const SOURCE: Need = {
  input: 'source-bootstrap-servers',
  expected: 'the cluster that the groups come from',
  hint: 'Give source-bootstrap-servers, or bootstrap.servers in source-properties.',
};
const EXPORT: Need = {
  input: 'rollback-from',
  expected: 'the offsets export to restore',
  hint: 'Give the file that an earlier run left: its output offsets-export.',
};
const CONNECT: Need = {
  input: 'connect-url',
  expected: 'the Connect REST API that apply writes to',
  hint: 'Give connect-url, or use another command.',
};

const REPORTS: Need = {
  input: 'reports',
  expected: 'the reports to merge',
  hint: 'Give a glob of report.json files, such as reports/**/report.json.',
};

const NEEDS: Readonly<Record<Command, readonly Need[]>> = {
  // What plan needs depends on what it is given: see checkPlan.
  plan: [],
  apply: [CONNECT],
  sync: [TARGET],
  check: [SOURCE, TARGET],
  migrate: [SOURCE, TARGET, CONNECT],
  export: [TARGET],
  rollback: [TARGET, EXPORT],
  report: [REPORTS],
};

export function checkNeeds(reader: InputReader, command: Command, clusters: Clusters, sync: SyncInputs): void {
  for (const { input, expected, hint } of NEEDS[command]) {
    if (!isGiven(reader, clusters, input)) reader.problem(input, expected, 'nothing', hint);
  }
  if (command === 'plan') checkPlan(reader, clusters);
  if (COMMAND_WORK[command].connectors === 'write') checkConnectors(reader, clusters);
  sayUnusedGeneration(reader);
  if (command === 'migrate' && sync.dryRun) {
    const hint = 'To see what migrate would do, use plan, and check for the gate.';
    reader.problem('dry-run', 'nothing, or false, with migrate', reader.seen('dry-run'), hint);
  }
}

/** A cluster may come from a properties file as well. */
function isGiven(reader: InputReader, clusters: Clusters, input: InputName): boolean {
  if (input === TARGET.input) return clusters.target.isGiven;
  if (input === SOURCE.input) return clusters.source.isGiven;
  return reader.isGiven(input);
}

function checkPlan(reader: InputReader, { source, target }: Clusters): void {
  const withConnectors = reader.isGiven('connectors');
  const withConnect = reader.isGiven('connect-url');
  if (withConnectors && !withConnect) {
    reader.notice('connectors are linted only: without connect-url there is no worker to compare them with.');
  } else if (withConnect) {
    checkConnectors(reader, { source, target });
  } else if (!withConnect && !target.isGiven) {
    const hint = source.isGiven
      ? 'A source alone has nothing to be compared with: give the target too.'
      : 'Give target-bootstrap-servers for the offsets, connect-url and connectors for the connectors, or both.';
    reader.problem('command', 'something to plan', 'plan with neither a target nor connectors', hint);
  }
}

/** From files, or else from what is given of both clusters. */
function checkConnectors(reader: InputReader, clusters: Clusters): void {
  if (!reader.isGiven('connectors')) checkGeneration(reader, clusters);
}

/** `generate` writes files from the inputs alone, whatever files there are. */
export function checkGenerate(reader: InputReader, clusters: Clusters, own: ReadonlyMap<string, string>): void {
  checkGeneration(reader, clusters);
  checkGeneratedSignIns(reader, clusters, own);
  if (reader.givenDirectly().includes('connectors')) {
    reader.notice('connectors is not used by generate, which writes files: --out names their folder.');
  }
}

/** Topics are spelled out: all of a cluster is nothing to copy by leaving a line out. */
function checkGeneration(reader: InputReader, clusters: Clusters): void {
  for (const { input, expected, hint } of GENERATED_FROM) {
    const isReported = reader.problems.some((problem) => problem.input === input);
    if (isReported || isGiven(reader, clusters, input)) continue;
    reader.problem(input, `${expected}, since the connectors are generated`, 'nothing', hint);
  }
  sayBrokenQuotes(reader, clusters);
}

const GENERATED_FROM: readonly Need[] = [
  {
    input: 'topics',
    expected: 'the topics to copy, spelled out',
    hint: 'For example orders.*,payments; or give connectors with files of your own.',
  },
  { ...SOURCE, expected: 'the cluster to copy from' },
  { ...TARGET, expected: 'the cluster to copy to' },
];

/** MirrorMaker 2 between a cluster and itself would make every offset look in place. */
export function checkClusters(reader: InputReader, { source, target }: Clusters): void {
  const targetServers = new Set(target.cluster?.bootstrapServers ?? []);
  const shared = (source.cluster?.bootstrapServers ?? []).filter((server) => targetServers.has(server));
  if (shared.length > 0) {
    const hint =
      'Source and target are two clusters: correct one of source-bootstrap-servers and target-bootstrap-servers.';
    reader.problem('target-bootstrap-servers', 'other brokers than those of the source', shared.join(','), hint);
  }
  const id = target.cluster?.clusterId;
  if (id !== null && id !== undefined && id === source.cluster?.clusterId) {
    const hint = 'Source and target are two clusters: correct source-cluster-id or target-cluster-id.';
    reader.problem('target-cluster-id', 'another id than source-cluster-id', reader.seen('target-cluster-id'), hint);
  }
}

export function checkTimes(reader: InputReader, general: GeneralInputs, sync: SyncInputs): void {
  if (COMMAND_WORK[general.command].offsets !== 'commit') return;
  const { timeoutMs } = general;
  if (timeoutMs > 0 && sync.runForMs > timeoutMs) {
    const hint = 'Raise timeout, or run for less.';
    const seen = `run-for ${formatDurationMs(sync.runForMs)} with timeout ${formatDurationMs(timeoutMs)}`;
    reader.problem('run-for', 'at most timeout', seen, hint);
  }
  if (sync.runForMs === 0 && reader.isGiven('interval')) {
    reader.notice('interval is not used: run-for 0 is one pass.');
  }
}

/** Only for what was given directly: a config file is shared by several commands. */
export function sayUnusedInputs(reader: InputReader, command: Command): void {
  for (const name of reader.givenDirectly()) {
    const commands = findInput(name)?.commands;
    if (commands !== undefined && !commands.includes(command)) {
      reader.notice(`${name} is not used by ${command}, only by ${oneOf(commands, 'and')}.`);
    }
  }
}

/** What a command cannot do without, and what it would ignore. */
import type { Command } from '../domain/verdicts.ts';
import type { GeneralInputs } from './groups/general.ts';
import type { InputReader } from './input-reader.ts';
import type { ClusterReading } from './read-cluster.ts';
import { findInput } from './schema/schema.ts';
import type { SyncInputs } from './typed-inputs.ts';
import { formatDurationMs } from './values/duration.ts';
import { oneOf } from './values/show.ts';

export interface Clusters {
  readonly source: ClusterReading;
  readonly target: ClusterReading;
}

export function checkNeeds(reader: InputReader, command: Command, clusters: Clusters): void {
  const needTarget = 'Give target-bootstrap-servers, or bootstrap.servers in target-properties.';
  if (command === 'sync' && !clusters.target.isGiven) {
    reader.problem('target-bootstrap-servers', 'the cluster that sync commits to', 'nothing', needTarget);
  }
  if (command === 'plan') checkPlan(reader, clusters);
  if (command === 'apply') {
    for (const [name, what] of [
      ['connect-url', 'the Connect REST API that apply writes to'],
      ['connectors', 'the files of the connectors to apply'],
    ] as const) {
      if (!reader.isGiven(name)) reader.problem(name, what, 'nothing', `Give ${name}, or use another command.`);
    }
  }
}

function checkPlan(reader: InputReader, { source, target }: Clusters): void {
  const withConnectors = reader.isGiven('connectors');
  const withConnect = reader.isGiven('connect-url');
  if (withConnectors && !withConnect) {
    const hint = 'Give connect-url too, so that the files can be compared with what runs.';
    reader.problem('connect-url', 'a URL, since connectors is given', 'nothing', hint);
  } else if (withConnect && !withConnectors) {
    const hint = 'Give connectors too, so that there is something to compare.';
    reader.problem('connectors', 'files, since connect-url is given', 'nothing', hint);
  } else if (!withConnect && !target.isGiven) {
    const hint = source.isGiven
      ? 'A source alone has nothing to be compared with: give the target too.'
      : 'Give target-bootstrap-servers for the offsets, connect-url and connectors for the connectors, or both.';
    reader.problem('command', 'something to plan', 'plan with neither a target nor connectors', hint);
  }
}

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
  if (general.command !== 'sync') return;
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

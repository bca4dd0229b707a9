/** Reads the worker, compares with the files, lets the worker validate what differs. Writes nothing. */
import { byApplyOrder, type ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { type ActualConfig, type ConnectorChange, planConnectors } from '../domain/connectors/connector-plan.ts';
import { type ErrorCode, MigrationError } from '../errors.ts';
import type { ConnectorReport, ErrorReport, Finding } from '../report/report-model.ts';
import type { CallBounds, ConfigProblem, ConnectApi, ConnectorSnapshot, WorkerInfo } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import type { Log } from './ports.ts';

export interface ConnectorPlanRequest {
  readonly connect: ConnectApi;
  readonly log: Log;
  readonly desired: readonly ConnectorConfig[];
  /** Cluster id of the target as read from it or as pinned; null when neither is known. */
  readonly expectedTargetClusterId: string | null;
  readonly bounds: CallBounds;
}

export interface ConnectorPlan {
  /** null when the worker could not be read. */
  readonly worker: WorkerInfo | null;
  /** One for every desired connector, in the order of work. */
  readonly changes: readonly ConnectorChange[];
  /** What ran before, by name; empty when the worker could not be read. */
  readonly snapshots: ReadonlyMap<string, ConnectorSnapshot>;
  readonly connectors: readonly ConnectorReport[];
  readonly findings: readonly Finding[];
  /** Any error here means that nothing may be written. */
  readonly errors: readonly ErrorReport[];
}

/** Never throws for what the worker does: every failure is in `errors`, and then every change it hid is `unknown`. */
export async function planConnectorChanges(request: ConnectorPlanRequest): Promise<ConnectorPlan> {
  const { connect, log, desired, expectedTargetClusterId, bounds } = request;
  const ordered = [...desired].sort(byApplyOrder);
  try {
    const worker = await connect.worker(bounds);
    log.info(`Connect ${worker.version} at ${connect.url}, cluster ${worker.kafkaClusterId ?? 'not told'}`);
    const mismatch = clusterMismatch(connect.url, worker, expectedTargetClusterId);
    if (mismatch !== null) return unreadPlan(worker, ordered, mismatch);
    const snapshots = await readSnapshots(connect, ordered, bounds);
    const changes = planConnectors(actualConfigs(ordered, snapshots), ordered);
    for (const change of changes) log.info(describeChange(change));
    const errors = await validateChanges(connect, ordered, changes, bounds);
    const connectors = changes.map((change) => connectorReport(change, snapshots.get(change.name)?.status ?? null));
    const findings = expectedTargetClusterId === null ? [unverifiedCluster(connect.url, worker)] : [];
    return { worker, changes, snapshots, connectors, findings, errors };
  } catch (error) {
    return unreadPlan(null, ordered, toErrorReport(error));
  }
}

/** Only failures that somebody can act on become data; a bug still ends the run. */
export function toErrorReport(error: unknown): ErrorReport {
  if (!(error instanceof MigrationError)) throw error;
  return { code: error.code, message: error.message, hint: error.hint };
}

/** Invariant K. A worker that does not name its cluster cannot be proven to be the target's. */
function clusterMismatch(url: string, worker: WorkerInfo, expected: string | null): ErrorReport | null {
  if (expected === null || worker.kafkaClusterId === expected) return null;
  const seen = worker.kafkaClusterId === null ? 'does not say which' : `is cluster ${worker.kafkaClusterId}`;
  return {
    code: 'CLUSTER_MISMATCH',
    message: `connect-url ${url}: expected a worker of the target cluster ${expected}, seen one that ${seen}.`,
    hint: 'MirrorMaker 2 runs beside the target: give the URL of the Connect worker whose bootstrap.servers is the target.',
  };
}

function unverifiedCluster(url: string, worker: WorkerInfo): Finding {
  return {
    rule: 'connect-cluster-unverified',
    severity: 'warning',
    where: url,
    message: `The worker belongs to cluster ${worker.kafkaClusterId ?? '(not told)'}; nothing says that this is the target.`,
    hint: 'Give target-bootstrap-servers, and it is compared before any write.',
  };
}

function unreadPlan(worker: WorkerInfo | null, ordered: readonly ConnectorConfig[], error: ErrorReport): ConnectorPlan {
  const changes = planConnectors(new Map(), ordered);
  const connectors = changes.map((change) => connectorReport(change, null));
  return { worker, changes, snapshots: new Map(), connectors, findings: [], errors: [error] };
}

/** The list leaves out a connector without status, so absence is asked for by name (unreadable is not absent). */
async function readSnapshots(
  connect: ConnectApi,
  desired: readonly ConnectorConfig[],
  bounds: CallBounds,
): Promise<ReadonlyMap<string, ConnectorSnapshot>> {
  const snapshots = new Map(await connect.connectors(bounds));
  for (const { name } of desired) {
    if (snapshots.has(name)) continue;
    const config = await connect.connectorConfig(name, bounds);
    if (config !== null) snapshots.set(name, { config, status: null });
  }
  return snapshots;
}

function actualConfigs(
  desired: readonly ConnectorConfig[],
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
): ReadonlyMap<string, ActualConfig> {
  return new Map(
    desired.map(({ name }) => {
      const snapshot = snapshots.get(name);
      return [name, snapshot === undefined ? { kind: 'absent' } : { kind: 'present', config: snapshot.config }];
    }),
  );
}

/** Every connector is validated before anything is written, so that one bad file changes nothing. */
async function validateChanges(
  connect: ConnectApi,
  desired: readonly ConnectorConfig[],
  changes: readonly ConnectorChange[],
  bounds: CallBounds,
): Promise<readonly ErrorReport[]> {
  const errors: ErrorReport[] = [];
  const changed = new Set(changes.filter(({ change }) => change !== 'none').map(({ name }) => name));
  for (const connector of desired) {
    if (!changed.has(connector.name)) continue;
    const problems = await connect.validate(connector.class, connector.config, bounds);
    if (problems.length > 0) errors.push(invalidConfig(connector, problems));
  }
  return errors;
}

function invalidConfig(connector: ConnectorConfig, problems: readonly ConfigProblem[]): ErrorReport {
  const code: ErrorCode = 'CONNECT_INVALID_CONFIG';
  const lines = problems.map(({ key, message }) => (key === null ? `- ${message}` : `- ${key}: ${message}`));
  const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  const message = `Connector ${connector.name} (${connector.file}): the worker found ${count}:\n${lines.join('\n')}`;
  return { code, message, hint: `Correct ${connector.file}; nothing was changed.` };
}

function describeChange({ name, class: connectorClass, change, changedKeys }: ConnectorChange): string {
  if (change === 'none') return `${name}: unchanged`;
  if (change === 'update') return `${name}: to be updated (${changedKeys.join(', ')})`;
  return `${name}: to be created (${connectorClass})`;
}

/** Reads the worker, compares with the files, lets the worker validate. Writes nothing. */
import { mergeProblems } from '../domain/connectors/config-problems.ts';
import { byApplyOrder, type ConnectorConfig } from '../domain/connectors/connector-config.ts';
import {
  type ActualConfig,
  type ConnectorChange,
  type ConnectorWishes,
  hideSecrets,
  planConnectors,
} from '../domain/connectors/connector-plan.ts';
import { askedState, type ConnectorState, STOP_SINCE } from '../domain/connectors/connector-state.ts';
import type { LiveConnector } from '../domain/connectors/lint/live-connectors.ts';
import { isBefore } from '../domain/connectors/mm2-runtime.ts';
import { planHash, type TextDigest } from '../domain/connectors/plan-hash.ts';
import { MigrationError } from '../errors.ts';
import type { ConnectorReport, ErrorReport, Finding } from '../report/report-model.ts';
import type { CallBounds, ConnectApi, ConnectorSnapshot, WorkerInfo } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import { connectorsLeft, restingAfter } from './connectors-beside.ts';
import { planErrors } from './plan-errors.ts';
import type { Log } from './ports.ts';
import { provePlaceholders } from './prove-placeholders.ts';
import { validateConnectors } from './validate-connectors.ts';

export interface ConnectorPlanRequest {
  readonly connect: ConnectApi;
  readonly log: Log;
  readonly desired: readonly ConnectorConfig[];
  readonly wishes: ConnectorWishes;
  /** Cluster id of the target as read from it or as pinned; null when neither is known. */
  readonly expectedTargetClusterId: string | null;
  readonly digest: TextDigest;
  /** Of the inputs: hidden in the plan wherever they stand, and so never part of its hash. */
  readonly secrets?: readonly string[];
  /** `changed`: only what an apply would write. */
  readonly validate: 'all' | 'changed';
  /**
   * Findings of the lint, asked for once the worker has been read; an error among them lets nothing be applied.
   * `resting`: desired ones that an apply leaves paused or stopped.
   */
  readonly lint?: (
    worker: WorkerInfo,
    left: readonly LiveConnector[],
    resting: ReadonlySet<string>,
  ) => Promise<readonly Finding[]>;
  readonly bounds: CallBounds;
}

export interface ConnectorPlan {
  /** null when the worker could not be read. */
  readonly worker: WorkerInfo | null;
  /** One for every connector that is to go, then for every desired one, in the order of work. */
  readonly changes: readonly ConnectorChange[];
  /** What ran before, by name; empty when the worker could not be read. */
  readonly snapshots: ReadonlyMap<string, ConnectorSnapshot>;
  /** null unless everything could be read. */
  readonly planHash: string | null;
  /** Connectors that were to go and are not there. */
  readonly gone: readonly string[];
  readonly connectors: readonly ConnectorReport[];
  readonly findings: readonly Finding[];
  /** Any error here means that nothing may be written. */
  readonly errors: readonly ErrorReport[];
}

/** Never throws for what the worker does: every failure is in `errors`, and then every change it hid is `unknown`. */
export async function planConnectorChanges(request: ConnectorPlanRequest): Promise<ConnectorPlan> {
  const { connect, log, desired, expectedTargetClusterId, bounds } = request;
  try {
    const worker = await connect.worker(bounds);
    log.info(`Connect ${worker.version} at ${connect.url}, cluster ${worker.kafkaClusterId ?? 'not told'}`);
    const refusal = clusterMismatch(connect.url, worker, expectedTargetClusterId) ?? stateRefusal(request, worker);
    if (refusal !== null) return unreadPlan(worker, request, refusal);
    const snapshots = await readSnapshots(request);
    return await planKnown(request, worker, snapshots);
  } catch (error) {
    return unreadPlan(null, { ...request, desired }, toErrorReport(error));
  }
}

async function planKnown(
  request: ConnectorPlanRequest,
  worker: WorkerInfo,
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
): Promise<ConnectorPlan> {
  const { connect, log, desired, wishes, bounds } = request;
  const changes = hideSecrets(
    planConnectors(actualConfigs(request, snapshots), desired, wishes),
    request.secrets ?? [],
  );
  for (const change of changes) log.info(describeChange(change, snapshots.get(change.name)));
  const differ = new Set(changes.filter(({ change }) => change !== 'none').map(({ name }) => name));
  const ordered = [...desired].sort(byApplyOrder);
  const validated = ordered.filter(({ name }) => request.validate === 'all' || differ.has(name));
  const problems = await validateConnectors(connect, validated, bounds);
  const lint =
    (await request.lint?.(worker, connectorsLeft(request, snapshots), restingAfter(changes, snapshots))) ?? [];
  const errors = planErrors(lint, problems);
  const proofs = problems.length > 0 ? [] : await provePlaceholders(connect, validated, bounds, log);
  const gone = wishes.remove.filter((name) => !snapshots.has(name));
  const { kafkaClusterId: clusterId } = worker;
  return {
    worker,
    changes,
    snapshots,
    planHash: errors.length > 0 ? null : planHash({ clusterId, changes }, request.digest),
    gone,
    connectors: changes.map((change) => {
      const snapshot = snapshots.get(change.name);
      return connectorReport(change, snapshot?.status ?? null, stateChange(change, snapshot));
    }),
    findings: [
      ...(request.expectedTargetClusterId === null ? [unverifiedCluster(connect.url, worker)] : []),
      ...gone.map((name) => notThere(connect.url, name)),
      ...leftAsTheyAre(changes, snapshots),
      ...mergeProblems(lint, problems),
      ...proofs,
    ],
    errors,
  };
}

/** State that a connector has to be brought to; null where it is in it, has to be created in it, or is left alone. */
export function stateChange(
  { change, wantedState }: ConnectorChange,
  snapshot: ConnectorSnapshot | undefined,
): ConnectorState | null {
  if (wantedState === null || change === 'create' || change === 'remove' || change === 'unknown') return null;
  return askedState(snapshot?.status?.state ?? null) === wantedState ? null : wantedState;
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

function stateRefusal({ wishes }: ConnectorPlanRequest, { version }: WorkerInfo): ErrorReport | null {
  if (wishes.state !== 'stopped' || !isBefore(version, STOP_SINCE)) return null;
  return {
    code: 'BAD_INPUT',
    message: `connector-state: expected running or paused, since Connect ${version} cannot stop a connector, seen stopped.`,
    hint: 'Connect 3.5 is the first that can. A paused connector keeps its tasks, but they do nothing.',
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

function notThere(url: string, name: string): Finding {
  return {
    rule: 'connector-not-there',
    severity: 'notice',
    where: name,
    message: `It is in remove-connectors, and not on the worker at ${url}.`,
    hint: 'Take it out of remove-connectors once it is gone from every worker.',
  };
}

/** Nobody asked for their state, so that it is no change; but nothing is copied either. */
function leftAsTheyAre(
  changes: readonly ConnectorChange[],
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
): readonly Finding[] {
  return changes.flatMap(({ name, change, wantedState }): readonly Finding[] => {
    const state = snapshots.get(name)?.status?.state ?? null;
    if (change === 'remove' || wantedState !== null || askedState(state) === 'running') return [];
    return [
      {
        rule: 'connector-not-running',
        severity: 'warning',
        where: name,
        message: `Somebody left it ${state}, and connector-state is not given: it stays so.`,
        hint: 'connector-state: running resumes it.',
      },
    ];
  });
}

function unreadPlan(worker: WorkerInfo | null, request: ConnectorPlanRequest, error: ErrorReport): ConnectorPlan {
  const changes = planConnectors(new Map(), request.desired, request.wishes);
  const connectors = changes.map((change) => connectorReport(change, null, null));
  return { worker, changes, snapshots: new Map(), planHash: null, gone: [], connectors, findings: [], errors: [error] };
}

/** The list leaves out a connector without status, so absence is asked for by name (unreadable is not absent). */
async function readSnapshots({
  connect,
  desired,
  wishes,
  bounds,
}: ConnectorPlanRequest): Promise<ReadonlyMap<string, ConnectorSnapshot>> {
  const snapshots = new Map(await connect.connectors(bounds));
  for (const name of [...desired.map((one) => one.name), ...wishes.remove]) {
    if (snapshots.has(name)) continue;
    const config = await connect.connectorConfig(name, bounds);
    if (config !== null) snapshots.set(name, { config, status: null });
  }
  return snapshots;
}

function actualConfigs(
  { desired, wishes }: ConnectorPlanRequest,
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
): ReadonlyMap<string, ActualConfig> {
  const names = [...desired.map(({ name }) => name), ...wishes.remove];
  return new Map(
    names.map((name) => {
      const snapshot = snapshots.get(name);
      return [name, snapshot === undefined ? { kind: 'absent' } : { kind: 'present', config: snapshot.config }];
    }),
  );
}

function describeChange(change: ConnectorChange, snapshot: ConnectorSnapshot | undefined): string {
  const { name, class: connectorClass, changedKeys } = change;
  const state = stateChange(change, snapshot);
  const stateWords = state === null ? '' : `; to be ${state}`;
  if (change.change === 'none') return `${name}: unchanged${stateWords}`;
  if (change.change === 'remove') return `${name}: to be removed (${connectorClass})`;
  if (change.change === 'update') return `${name}: to be updated (${changedKeys.join(', ')})${stateWords}`;
  return `${name}: to be created (${connectorClass})`;
}

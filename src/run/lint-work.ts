import type { ConnectClient } from '../adapters/connect/client.ts';
import { RegexWorker } from '../adapters/regex/regex-worker.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { equalNames, type ParsedFiles } from '../domain/connectors/connector-file.ts';
import type { Finding } from '../domain/finding.ts';
import { describeProblem, type InputProblem, MigrationError } from '../errors.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { type LintRequest, lintDesired, lintFiles } from '../operations/lint-connectors.ts';
import { lintErrors } from '../operations/plan-errors.ts';
import type { ClusterReader } from '../operations/ports.ts';
import type { ErrorReport } from '../report/report-model.ts';
import { askedFor } from './generation-facts.ts';
import type { Run } from './run-command.ts';
import type { ConnectorOutcome } from './run-record.ts';

export interface LintClusters {
  readonly source: ClusterReader | null;
  readonly target: ClusterReader | null;
}

export function lintRequest(
  { inputs, host, workers }: Run,
  desired: readonly ConnectorConfig[],
  clusters: LintClusters,
) {
  const { source, target } = clusters;
  return {
    connectors: desired,
    workers,
    asked: askedFor(inputs),
    actionSyncsGroups: actionSyncsGroups(inputs, desired),
    ignore: inputs.lintIgnore,
    source,
    target,
    slowRegex: new RegexWorker(),
    log: host.log,
  } satisfies LintRequest;
}

/** A plan without a worker: then no file can do harm, and what is no connector's keeps no other from being linted. */
function onlyLints({ command, connect }: Inputs): boolean {
  return connect === null && COMMAND_WORK[command].connectors === 'compare';
}

/** What of the files makes them bad input for this command. */
export function fileProblems(inputs: Inputs, parsed: ParsedFiles): readonly InputProblem[] | 'nothing to apply' {
  const { connectors, workers, foreign } = parsed;
  const strangers = foreign.map(({ problem }) => problem);
  if (onlyLints(inputs))
    return connectors.length + workers.length > 0 ? parsed.problems : [...parsed.problems, ...strangers];
  // Where connectors are compared or written, the lint says it, and stops the run.
  const same = COMMAND_WORK[inputs.command].connectors === 'none' ? equalNames(connectors) : [];
  const problems = [...parsed.problems, ...strangers, ...same];
  return problems.length === 0 && connectors.length === 0 ? 'nothing to apply' : problems;
}

/** Nothing is compared, for want of a worker or of clear names: an error of the lint is all that can fail. */
export async function lintOnly(request: LintRequest, { inputs, strangers }: Run): Promise<ConnectorOutcome> {
  const findings = [...(await lintDesired(request, null)), ...strangers];
  const errors = lintErrors(findings);
  const isAlone = inputs.connect === null && inputs.target === null;
  const ambiguous = errors.length > 0 || isAlone ? [] : ambiguity(request.connectors);
  return { connectors: [], planHash: null, findings, errors: [...errors, ...ambiguous] };
}

/** Silenced it may be where files are only linted; nothing is planned or applied from files that contradict. */
function ambiguity(connectors: readonly ConnectorConfig[]): readonly ErrorReport[] {
  const [first] = equalNames(connectors);
  if (first === undefined) return [];
  const hint = 'Silencing name-duplicate does for a lint alone: rename one of them, or narrow the glob.';
  return [{ code: 'CONNECT_LINT', message: describeProblem({ ...first, hint: '' }).trim(), hint }];
}

/** What the files alone tell, beside the failure that kept the worker from being asked. */
export function withFileLint(outcome: ConnectorOutcome, request: LintRequest): ConnectorOutcome {
  const findings = lintFiles(request);
  return {
    ...outcome,
    findings: [...outcome.findings, ...findings],
    errors: [...outcome.errors, ...lintErrors(findings)],
  };
}

/** A run that ended before it came to its connectors: no cluster was reached, or none would sign it in. */
export function lintUnreached(run: Run): void {
  const { inputs, record, desired, strangers, host } = run;
  if (desired === null || record.knowsConnectors || COMMAND_WORK[inputs.command].connectors === 'none') return;
  host.log.stage('Lint the connectors');
  const nothing = { connectors: [], planHash: null, findings: strangers, errors: [] };
  try {
    record.takeConnectors(withFileLint(nothing, lintRequest(run, desired, { source: null, target: null })));
  } catch (error) {
    // What ended the run is told already, and is not to be lost for this.
    if (!(error instanceof MigrationError)) throw error;
    host.log.warn(`The connector files could not be linted: ${error.message}`);
  }
}

/** For the gate: facts beside its checks, which decide alone. */
export async function gateLint(
  run: Run,
  clusters: LintClusters,
  connect: ConnectClient | null,
): Promise<readonly Finding[]> {
  const { desired, inputs, host, signal } = run;
  // An apply of the same run has said them.
  if (desired === null || COMMAND_WORK[inputs.command].connectors !== 'none') return [];
  const bounds = { deadlineAt: host.clock.now() + WORKER_ANSWER_MS, signal };
  const version = connect === null ? null : await workerVersion(() => connect.worker(bounds));
  try {
    return await lintDesired(lintRequest(run, desired, clusters), version);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const where = 'connectors';
    return [{ rule: 'lint-failed', severity: 'warning', where, message: error.message, hint: error.hint ?? '' }];
  }
}

const WORKER_ANSWER_MS = 15_000;

/** The gate itself says what it could not read. */
async function workerVersion(ask: () => Promise<{ readonly version: string }>): Promise<string | null> {
  try {
    return (await ask()).version;
  } catch (error) {
    if (error instanceof MigrationError) return null;
    throw error;
  }
}

/** `apply` and `check` do not tell who moves the groups: whoever the files name, as long as it is one. */
function actionSyncsGroups({ command, target }: Inputs, desired: readonly ConnectorConfig[]): boolean {
  if (COMMAND_WORK[command].offsets !== 'none' && target !== null) return true;
  return !desired.some(({ config }) => config['sync.group.offsets.enabled']?.trim().toLowerCase() === 'true');
}

/** Runtime findings that the lint of this run says as well. */
export function isLinted({ inputs, desired }: Pick<Run, 'inputs' | 'desired'>): boolean {
  return desired !== null && inputs.connect !== null && COMMAND_WORK[inputs.command].connectors !== 'none';
}

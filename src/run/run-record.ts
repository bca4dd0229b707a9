/** Gathers what a run comes to and gives it as the report's model at any moment. */
import type { ExportHeader } from '../adapters/files/offsets-export-file.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import { redactText } from '../domain/connectors/redact.ts';
import type { CutoverJudgement } from '../domain/cutover/judge-cutover.ts';
import type { Finding } from '../domain/finding.ts';
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import { RefusedError } from '../domain/permissions/refusal.ts';
import { judgeRun } from '../domain/run-result.ts';
import { shardName } from '../domain/shard.ts';
import type { Command } from '../domain/verdicts.ts';
import type { MigrationError } from '../errors.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import type { ClusterIds } from '../operations/preflight.ts';
import type { SyncResult } from '../operations/sync.ts';
import { errorReports } from '../report/error-reports.ts';
import {
  type ConnectorReport,
  type ErrorReport,
  type PassReport,
  REPORT_SCHEMA_VERSION,
  type ReportModel,
} from '../report/report-model.ts';
import { MissingRights } from './missing-rights.ts';

export interface ConnectorOutcome {
  readonly connectors: readonly ConnectorReport[];
  readonly planHash: string | null;
  readonly findings: readonly Finding[];
  readonly errors: readonly ErrorReport[];
}

export class RunRecord {
  readonly #inputs: Inputs;
  readonly #startedAt: string;
  readonly #runId: string | null;
  /** What the brokers refuse is noted here, and reported with the findings. */
  readonly rights: MissingRights;
  #finishedAt: string | null = null;
  #interrupted: string | null = null;
  #ids: ClusterIds = { source: null, target: null };
  #connectors: readonly ConnectorReport[] = [];
  #planHash: string | null = null;
  #knowsConnectors = false;
  #groups: readonly GroupOutcome[] = [];
  #passes: readonly PassReport[] = [];
  #findings: readonly Finding[] = [];
  #syncFindings: readonly Finding[] = [];
  #errors: readonly ErrorReport[] = [];
  #offsetsExport: string | null = null;
  #judgement: CutoverJudgement | null = null;

  constructor(inputs: Inputs, startedAt: string, runId: string | null = null) {
    this.#inputs = inputs;
    this.rights = new MissingRights(inputs);
    this.#startedAt = startedAt;
    this.#runId = runId;
  }

  get hasErrors(): boolean {
    return this.#errors.length > 0;
  }

  /** False while nothing is known of the connectors, not even what the files alone tell. */
  get knowsConnectors(): boolean {
    return this.#knowsConnectors;
  }

  identify(ids: ClusterIds): void {
    this.#ids = ids;
  }

  exportHeader(): ExportHeader {
    const { targetAlias } = this.#inputs.replication;
    return { clusterId: this.#ids.target, targetAlias, startedAt: this.#startedAt };
  }

  takeConnectors({ connectors, planHash, findings, errors }: ConnectorOutcome): void {
    // The worker's words and the lint's quote configs (invariant G).
    const redact = (text: string) => redactText(text, this.#inputs.secrets);
    this.#knowsConnectors = true;
    this.#connectors = connectors;
    this.#planHash = planHash;
    this.addFindings(findings.map((finding) => ({ ...finding, message: redact(finding.message) })));
    this.#errors = [...this.#errors, ...errors.map((error) => ({ ...error, message: redact(error.message) }))];
  }

  takeSync(
    { groups, passes, findings }: Pick<SyncResult, 'groups' | 'passes' | 'findings'>,
    offsetsExport: string | null,
  ): void {
    this.#groups = groups;
    this.#passes = passes;
    this.#syncFindings = findings;
    this.#offsetsExport = offsetsExport;
  }

  /** `groups` are those that the gate saw; what a sync of the same run did to them says more. */
  takeChecks(judgement: CutoverJudgement, groups: readonly GroupOutcome[]): void {
    this.#judgement = withoutSecrets(judgement, this.#inputs.secrets);
    if (this.#passes.length === 0) this.#groups = groups;
  }

  /** For a plan it is a finding: before the first `apply` MM2's topics cannot be there. */
  takeInternalTopicProblem(problem: MigrationError, command: Command): void {
    if (command !== 'plan') {
      this.addError(problem);
      return;
    }
    // Told as a right that is missing.
    if (problem instanceof RefusedError) return;
    const rule = problem.code.toLowerCase().replaceAll('_', '-');
    const { sourceAlias } = this.#inputs.replication;
    const isToCome =
      problem.code === 'CHECKPOINTS_TOPIC_MISSING' &&
      this.#connectors.some((one) => writesCheckpoints(one, sourceAlias));
    const found = isToCome
      ? ({ severity: 'notice', message: `${problem.message} ${TO_COME}`, hint: NO_OFFSETS_YET } as const)
      : ({ severity: 'warning', message: problem.message, hint: problem.hint ?? '' } as const);
    this.addFindings([{ rule, where: 'target', ...found }]);
  }

  addFindings(findings: readonly Finding[]): void {
    this.#findings = [...this.#findings, ...findings];
  }

  addError(error: unknown): void {
    const { secrets } = this.#inputs;
    // Our own messages hold none; one that nobody foresaw may (invariant G).
    const reports = errorReports(this.rights.explain(error)).map((report) => ({
      ...report,
      message: redactText(report.message, secrets),
    }));
    this.#errors = [...this.#errors, ...reports];
  }

  interrupt(reason: string): void {
    this.#interrupted = reason;
    const hint = 'Run it again: it goes on from what is committed now. The offsets export holds what was there before.';
    this.#errors = [...this.#errors, { code: 'CANCELLED', message: `The run was ${reason}.`, hint }];
  }

  finish(finishedAt: string): void {
    this.#finishedAt = finishedAt;
  }

  model(): ReportModel {
    const { command, replication, source, sync } = this.#inputs;
    return {
      schemaVersion: REPORT_SCHEMA_VERSION,
      command,
      result: judgeRun(this.#facts()),
      dryRun: command === 'plan' || ((command === 'sync' || command === 'rollback') && sync.dryRun),
      startedAt: this.#startedAt,
      finishedAt: this.#finishedAt,
      interrupted: this.#interrupted,
      shard: shardOf(this.#inputs),
      runId: this.#runId,
      source: source === null ? null : { alias: replication.sourceAlias, clusterId: this.#ids.source },
      target: { alias: replication.targetAlias, clusterId: this.#ids.target },
      connectors: this.#connectors,
      planHash: this.#planHash,
      passes: this.#passes,
      groups: this.#groups,
      phase: COMMAND_WORK[command].gate ? this.#inputs.gate.phase : null,
      checks: this.#judgement?.checks ?? [],
      readiness: this.#judgement?.groups ?? [],
      findings: [...this.#findings, ...this.#syncFindings, ...this.rights.findings()],
      errors: this.#errors,
      offsetsExport: this.#offsetsExport,
    };
  }

  #facts() {
    const changes = this.#connectors.filter(differs).length;
    const inPlan = this.#inputs.command === 'plan';
    const last = this.#passes.at(-1);
    const committed = this.#passes.reduce((sum, pass) => sum + pass.committed, 0);
    return {
      changed: committed + (inPlan ? 0 : changes),
      planned: (last?.planned ?? 0) + (inPlan ? changes : 0),
      failed: last?.failed ?? 0,
      inPlace: last?.unchanged ?? 0,
      errors: this.#errors.length,
      // What did not come to be judged is not ready.
      ready: COMMAND_WORK[this.#inputs.command].gate ? this.#judgement?.ready === true : null,
    };
  }
}

const TO_COME = 'It is not there yet: the checkpoint connector that this plan creates will write it.';
const NO_OFFSETS_YET = 'Nothing to do. Offsets can be compared once it has written.';

/** Of the topic that was looked for, which the alias names. */
function writesCheckpoints({ change, class: connectorClass, keys }: ConnectorReport, sourceAlias: string): boolean {
  if (change !== 'create' || !connectorClass.endsWith('MirrorCheckpointConnector')) return false;
  return keys.some(({ key, after }) => key === 'source.cluster.alias' && after === sourceAlias);
}

/** `apply` sees no groups. */
function shardOf({ command, sync: { shard } }: Inputs): string | null {
  return shard === null || command === 'apply' ? null : shardName(shard);
}

function differs({ change, stateChange }: ConnectorReport): boolean {
  return (change !== 'none' && change !== 'unknown') || stateChange !== null;
}

/** The gate quotes what brokers and workers answered (invariant G). */
function withoutSecrets(judgement: CutoverJudgement, secrets: readonly string[]): CutoverJudgement {
  const redact = (text: string) => redactText(text, secrets);
  const checks = judgement.checks.map((check) => ({
    ...check,
    seen: redact(check.seen),
    warnings: check.warnings.map(redact),
    cases: check.cases.map((one) => ({ ...one, seen: redact(one.seen) })),
  }));
  const groups = judgement.groups.map((group) => (group.why === null ? group : { ...group, why: redact(group.why) }));
  return { ...judgement, checks, groups };
}

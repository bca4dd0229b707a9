/**
 * Entry of the bundle: the three steps of the action (`step prepare|run|report`), or the command line. The steps are
 * separate processes, so that each gets only the secrets it needs; they share a folder.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as core from '@actions/core';
import { ciRunOf } from './adapters/ci-run.ts';
import { systemClock } from './adapters/clock.ts';
import { proxyFromEnvironment } from './adapters/connect/http.ts';
import { createKeyFiles } from './adapters/files/key-stores/key-files.ts';
import { replaceFile } from './adapters/files/replace-file.ts';
import { readTextFile } from './adapters/files/text-file.ts';
import { type ActionsLog, createActionsLog } from './adapters/github/actions-log.ts';
import { approvedPlanFromPullRequest } from './adapters/github/approved-plan.ts';
import { commentOnPullRequest } from './adapters/github/comment.ts';
import { type GitHubEvent, readEvent } from './adapters/github/event.ts';
import { type RunNote, readLeftReport, readRunNote, writeRunNote } from './adapters/github/hand-over.ts';
import { annotate, maskSecrets, setOutputs, writeSummary } from './adapters/github/publish.ts';
import { cancelOnSignals } from './adapters/process-signals.ts';
import { RegexWorker } from './adapters/regex/regex-worker.ts';
import { cli } from './cli.ts';
import { failsOn } from './domain/fail-on.ts';
import { shardName } from './domain/shard.ts';
import { readActionInputs } from './inputs/action-inputs.ts';
import { asksForPullRequest, readEarlyInputs } from './inputs/early-inputs.ts';
import { parseInputs } from './inputs/parse-inputs.ts';
import type { Inputs } from './inputs/typed-inputs.ts';
import { errorLines, errorReports, stackOf } from './report/error-reports.ts';
import { failedReport, killedReport } from './report/failed-report.ts';
import { headline } from './report/headline.ts';
import { reportChunks } from './report/json/report-json.ts';
import { renderComment } from './report/markdown/render-comment.ts';
import { renderFailure } from './report/markdown/render-failure.ts';
import { renderSummary } from './report/markdown/render-summary.ts';
import { renderAnnotations } from './report/render-annotations.ts';
import { renderOutputs } from './report/render-outputs.ts';
import type { ReportModel } from './report/report-model.ts';
import { computeTotals } from './report/totals.ts';
import { writeReportFiles } from './run/report-files.ts';
import { runCommand } from './run/run-command.ts';

const environment = process.env;
const DEFAULT_LABEL = 'default';

/** The folder of this use of the action: two uses in one job do not collide. */
async function prepare(): Promise<number> {
  const folder = await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'kafka-mm2-'));
  try {
    setOutputs({ 'approved-plan': await findApprovedPlan(), folder });
    return 0;
  } catch (error) {
    await writeSummary(environment['GITHUB_STEP_SUMMARY'] ?? '', renderFailure(errorReports(error)));
    throw error;
  }
}

/** null: nobody asked for the plan of the pull request. */
async function findApprovedPlan(): Promise<string | null> {
  const inputs = readEarlyInputs(readActionInputs(environment), readTextFile);
  if (!asksForPullRequest(inputs)) return null;
  const { githubToken: token, githubApiUrl: apiUrl, prNumber } = inputs;
  const label = inputs.label ?? DEFAULT_LABEL;
  maskSecrets([token]);
  const access = { token, apiUrl, clock: systemClock, permission: 'pull-requests: read' };
  const event = await readEvent(environment);
  const { planHash, pullRequest, commentUrl } = await approvedPlanFromPullRequest({ access, event, label, prNumber });
  createActionsLog().info(`Approved: plan ${planHash} of pull request #${pullRequest} (${commentUrl})`);
  return planHash;
}

/** Ends with 0 whenever a report was written: the report step alone decides between pass and fail. */
async function run(): Promise<number> {
  const log = createActionsLog();
  const signal = cancelOnSignals(process, log);
  const folder = stepFolder();
  let note = firstNote(folder);
  try {
    const inputs = readInputs(folder, await readEvent(environment));
    maskSecrets(inputs.secrets);
    const { reportDir, ...report } = inputs.report;
    const { shard } = inputs.sync;
    note = { ...note, command: inputs.command, ...report, shard: shard === null ? null : shardName(shard) };
    const reportJson = join(reportDir, 'report.json');
    // An earlier run's report must not pass for this one's; to a merge it may be one of those that it reads.
    if (inputs.command !== 'report') {
      note = { ...note, reportJson };
      await rm(reportJson, { force: true });
    }
    await writeRunNote(folder, note);
    const proxy = proxyFromEnvironment(environment);
    const host = { log, clock: systemClock, signal, proxy, workingFolder: process.cwd(), runId: note.runId };
    await runCommand(inputs, host);
    await writeRunNote(folder, { ...note, reportJson });
  } catch (error) {
    await reportFailure(folder, note, error, log);
  } finally {
    log.end();
  }
  return 0;
}

function readInputs(folder: string, { withoutSecrets }: GitHubEvent): Inputs {
  const defaults = new Map([['report-dir', folder]]);
  const inputs = parseInputs(readActionInputs(environment), {
    readFile: readTextFile,
    slowRegex: new RegexWorker(),
    environment: (name) => environment[name],
    keyFiles: createKeyFiles(systemClock.now),
    withoutSecrets,
    defaults,
  });
  // Absolute, since the paths become outputs.
  return { ...inputs, report: { ...inputs.report, reportDir: resolve(inputs.report.reportDir) } };
}

/** What is known before the inputs are: enough to judge and show that they are bad. */
function firstNote(folder: string): RunNote {
  const { command, label, failOn, comment, commentMode, shard } = readEarlyInputs(
    readActionInputs(environment),
    readTextFile,
  );
  return {
    command,
    startedAt: new Date().toISOString(),
    reportJson: join(folder, 'report.json'),
    label: label ?? DEFAULT_LABEL,
    failOn,
    // The comment of another label is not ours to overwrite.
    comment: label === null ? 'never' : comment,
    commentMode,
    shard,
    runId: ciRunOf((name) => environment[name]).id,
  };
}

/** What the run knew last, with what ended it; in our own folder, since `report-dir` may be what is wrong. */
async function reportFailure(folder: string, note: RunNote, error: unknown, log: ActionsLog): Promise<void> {
  log.end();
  const errors = errorReports(error);
  for (const line of errorLines(errors)) log.info(line);
  const stack = stackOf(error);
  if (stack !== null) log.debug(stack);
  const left = await readLeftReport(note.reportJson);
  const finishedAt = new Date().toISOString();
  const report = failedReport(left.kind === 'report' ? left.report : null, { ...note, finishedAt, errors });
  const reportJson = join(folder, 'report.json');
  await replaceFile(reportJson, reportChunks(report));
  await writeRunNote(folder, { ...note, reportJson });
}

/** Shows what the run step left, or what is known without it, and alone decides between pass and fail. */
async function report(): Promise<number> {
  const log = createActionsLog();
  const folder = stepFolder();
  const note = await readRunNote(folder);
  const settings = note ?? firstNote(folder);
  const { failOn, label, reportJson } = settings;
  const left = await readLeftReport(reportJson);
  const model = left.kind === 'report' && left.report.finishedAt !== null ? left.report : killed(note, left);
  const reportJsonExists = left.kind === 'report';
  log.info(headline(model, computeTotals(model.groups)));
  const event = await readEvent(environment);
  const { runUrl } = event;
  const files = await writeReportFiles(model, { folder: dirname(reportJson), label, runUrl });
  setOutputs(renderOutputs(model, reportJsonExists ? reportJson : null, files.html));
  const summary = renderSummary(model, { label, reportJsonExists, runUrl }).markdown;
  await writeSummary(environment['GITHUB_STEP_SUMMARY'] ?? '', summary);
  // First of all: of what a step says GitHub keeps ten of a kind, and these say what is missing elsewhere.
  const missing = [...files.warnings, ...(await comment(model, settings, reportJsonExists, event))];
  annotate(renderAnnotations(model, missing));
  const fails = failsOn(failOn, model.result);
  log.info(`Result ${model.result}; with fail-on ${failOn} this step ${fails ? 'fails' : 'passes'}.`);
  return fails ? 1 : 0;
}

/** Returns what to warn of: what cannot be said on the pull request the summary has all the same. */
async function comment(
  model: ReportModel,
  note: RunNote,
  reportJsonExists: boolean,
  event: GitHubEvent,
): Promise<readonly string[]> {
  const early = readEarlyInputs(readActionInputs(environment), readTextFile);
  const { githubToken: token, githubApiUrl: apiUrl, prNumber } = early;
  maskSecrets([token]);
  const { body } = renderComment(model, { label: note.label, runUrl: event.runUrl, reportJsonExists });
  const access = { token, apiUrl, clock: systemClock, permission: 'pull-requests: write' };
  const { command, comment: when, commentMode: mode } = note;
  try {
    const wish = { access, event, prNumber, when, mode, result: model.result, command, body };
    createActionsLog().info(await commentOnPullRequest(wish));
    return [];
  } catch (error) {
    const [failure] = errorReports(error);
    return [`No comment on the pull request: ${failure?.message ?? ''} ${failure?.hint ?? ''}`.trim()];
  }
}

function killed(note: RunNote | null, left: Awaited<ReturnType<typeof readLeftReport>>): ReportModel {
  return killedReport(left.kind === 'report' ? left.report : null, {
    stepOutcome: environment['RUN_OUTCOME'] ?? '',
    command: (note ?? firstNote('')).command,
    startedAt: note?.startedAt ?? null,
    shard: note?.shard ?? null,
    runId: note?.runId ?? null,
    seenAt: new Date().toISOString(),
    reportProblem: left.kind === 'unusable' ? left.problem : null,
  });
}

function stepFolder(): string {
  const folder = environment['ACTION_FOLDER'] ?? '';
  if (folder === '') throw new Error('ACTION_FOLDER is empty: the prepare step has not run.');
  return folder;
}

const STEPS: ReadonlyMap<string, () => Promise<number>> = new Map([
  ['prepare', prepare],
  ['run', run],
  ['report', report],
]);

async function runStep(name: string): Promise<number> {
  // Node.js would print the error as it is, for the runner to find commands in.
  process.on('uncaughtException', (error) => {
    sayFailure(error);
    process.exit(1);
  });
  try {
    const step = STEPS.get(name);
    if (step === undefined) throw new Error(`unknown step ${name}`);
    return await step();
  } catch (error) {
    sayFailure(error);
    return 1;
  }
}

function sayFailure(error: unknown): void {
  for (const line of errorLines(errorReports(error))) core.error(line);
  const stack = stackOf(error);
  if (stack !== null) createActionsLog().debug(stack);
}

const [first, second = ''] = process.argv.slice(2);
const exitCode = first === 'step' ? await runStep(second) : await cli(process.argv.slice(2));
// A connection that still hangs must not keep a finished run alive.
process.stdout.write('', () => process.exit(exitCode));

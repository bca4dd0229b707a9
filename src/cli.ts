/** The command line: the same run as the action's, for a terminal and for any other CI. */
import { ciRunOf } from './adapters/ci-run.ts';
import { systemClock } from './adapters/clock.ts';
import { proxyFromEnvironment } from './adapters/connect/http.ts';
import { createKeyFiles } from './adapters/files/key-stores/key-files.ts';
import { readTextFile } from './adapters/files/text-file.ts';
import { cancelOnSignals } from './adapters/process-signals.ts';
import { RegexWorker } from './adapters/regex/regex-worker.ts';
import { createTerminalLog, type TerminalLog } from './adapters/terminal/terminal-log.ts';
import { terminalLook } from './adapters/terminal/terminal-look.ts';
import { failsOn } from './domain/fail-on.ts';
import { EXIT_BAD_INPUT, EXIT_CODES } from './domain/run-result.ts';
import { InputError } from './errors.ts';
import { type CommandLine, readCommandLine } from './inputs/command-line.ts';
import { GENERATING, type GenerateLine } from './inputs/generate-line.ts';
import { renderHelp } from './inputs/help/render-help.ts';
import { parseInputs } from './inputs/parse-inputs.ts';
import type { Log } from './operations/ports.ts';
import { errorLines, errorReports, stackOf } from './report/error-reports.ts';
import { renderTerminal } from './report/terminal/render-terminal.ts';
import { generateEcs } from './run/generate-ecs.ts';
import { generateFiles } from './run/generate-files.ts';
import { writeReportFiles } from './run/report-files.ts';
import { runCommand } from './run/run-command.ts';
import { VERSION } from './version.ts';

const context = {
  environment: (name: string) => process.env[name],
  readFile: readTextFile,
  slowRegex: new RegexWorker(),
  keyFiles: createKeyFiles(systemClock.now),
};

/** @returns the exit code: 0 ok or changed, 1 failed, 2 bad input, 3 not ready, 4 partial. */
export async function cli(argv: readonly string[]): Promise<number> {
  const log = terminalLog();
  try {
    return await dispatch(readCommandLine(argv, context), log);
  } catch (error) {
    for (const line of errorLines(errorReports(error))) log.info(line);
    const stack = stackOf(error);
    if (stack !== null) log.debug(stack);
    return error instanceof InputError ? EXIT_BAD_INPUT : EXIT_CODES.failed;
  } finally {
    log.end();
  }
}

function dispatch(line: CommandLine, log: TerminalLog): Promise<number> {
  switch (line.kind) {
    case 'help':
      return printHelp(renderHelp(line.topic), log);
    case 'version':
      return print(VERSION);
    case 'demo':
      return demo(line.keep, log);
    case 'generate':
      return generate(line, log);
    case 'run':
      return run(line, log);
  }
}

async function printHelp(text: string, log: TerminalLog): Promise<number> {
  const { paint } = log.page();
  for (const line of text.trimEnd().split('\n')) log.print(/^[A-Z]/.test(line) ? paint('title', line) : line);
  return EXIT_CODES.ok;
}

async function print(text: string): Promise<number> {
  process.stdout.write(`${text.trimEnd()}\n`);
  return EXIT_CODES.ok;
}

async function run({ raw, notices }: Extract<CommandLine, { kind: 'run' }>, log: TerminalLog): Promise<number> {
  const inputs = parseInputs(raw, { ...context, notices });
  const ci = ciRunOf(context.environment);
  const report = await runCommand(inputs, {
    log,
    clock: systemClock,
    signal: cancelOnSignals(process, log),
    proxy: proxyFromEnvironment(process.env),
    workingFolder: process.cwd(),
    runId: ci.id,
  });
  log.end();
  for (const text of ['', ...renderTerminal(report, log.page())]) log.print(text);
  const { reportDir, label } = inputs.report;
  const files = await writeReportFiles(report, { folder: reportDir, label, runUrl: ci.url });
  for (const warning of files.warnings) log.warn(warning);
  log.info(`Report: ${reportDir}/report.json`);
  if (files.html !== null) log.info(`As a page: ${files.html}`);
  if (report.offsetsExport !== null) log.info(`Offsets before this run: ${report.offsetsExport}`);
  return failsOn(inputs.report.failOn, report.result) ? EXIT_CODES[report.result] : EXIT_CODES.ok;
}

async function generate({ raw, notices, ecs, ...where }: GenerateLine, log: Log): Promise<number> {
  const inputs = parseInputs(raw, { ...context, ...GENERATING, notices });
  for (const notice of inputs.notices) log.warn(notice);
  const lines = ecs ? generateEcs(inputs, { ...where, values: ecs }) : generateFiles(inputs, where);
  for (const line of await lines) log.info(line);
  return EXIT_CODES.ok;
}

/** Loaded only here: it brings the test bed, which nothing else needs. */
async function demo(keep: boolean, log: Log): Promise<number> {
  const { runDemo } = await import('./demo/demo.ts');
  return runDemo({ keep, log, signal: cancelOnSignals(process, log), script: process.argv[1] ?? 'dist/cli.js' });
}

function terminalLog(): TerminalLog {
  const { stdout } = process;
  // A reader that leaves (`… | head`) must not end a run that commits.
  stdout.on('error', () => undefined);
  const isTerminal = stdout.isTTY === true;
  return createTerminalLog({
    ...terminalLook(isTerminal, context.environment),
    write: (text) => void stdout.write(text),
    columns: () => (isTerminal ? stdout.columns || null : null),
    debug: process.env['DEBUG'] !== undefined,
    now: systemClock.now,
  });
}

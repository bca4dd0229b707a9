// Runs suites of test/suites.mjs one after the other: `npm run test:e2e -- versions formats`, without names all that
// need real clusters but are not part of `npm test`; with --always those of `npm test`.
// A suite fails by a failed test, without a test file, and by taking longer than twice its minutes; over its minutes it
// says so, since a machine that is slow or stands still for a while is no fault of the suite. One line a suite ends
// the run, after what failed in it, so that the end of a long log says why. With TEST_RESULTS=<file> each suite's counts
// and failures are appended to that file too, one JSON object a line.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suites } from '../test/suites.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
// npm puts the Node.js 24 of the devDependency `node` first on PATH; the tests run on the machine's own.
const node = process.env.npm_node_execpath ?? process.execPath;
const reporter = fileURLToPath(new URL('failures-reporter.mjs', import.meta.url));
const chosen = chosenSuites(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'mm2-'));
try {
  const results = chosen.map(runSuite);
  for (const { suite, failures } of results) for (const text of failures) console.log(`\n[${suite}] ${text}`);
  for (const result of results) console.log(summaryLine(result));
  if (process.env.TEST_RESULTS) {
    appendFileSync(process.env.TEST_RESULTS, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  }
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
} finally {
  removeFolder();
}

/** Processes that outlived their test are ended while this runs (src/testbed/watchdog.ts), and write until then. */
function removeFolder() {
  for (let triesLeft = 40; ; triesLeft -= 1) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (triesLeft === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
}

function chosenSuites(names) {
  if (names.length === 0) return suites.filter(({ alwaysRun }) => !alwaysRun);
  if (names[0] === '--always') return suites.filter(({ alwaysRun }) => alwaysRun);
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown[0]}; there are ${suites.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return suites.filter(({ name }) => names.includes(name));
}

function runSuite({ name, minutes }) {
  const counts = join(folder, `${name}.json`);
  const failed = join(folder, `${name}-failures.json`);
  const reporters = ['default', 'json', reporter].flatMap((one) => ['--reporter', one]);
  const args = ['run', '--project', name, ...reporters, `--outputFile.json=${counts}`];
  const startedAt = Date.now();
  // Twice the budget is no slow machine but a test that hangs.
  const limits = { timeout: 2 * minutes * 60_000, killSignal: 'SIGTERM' };
  // What tests leave behind goes with them.
  const temporary = mkdtempSync(join(folder, 't-'));
  const env = { ...process.env, FAILURES_FILE: failed, TMPDIR: temporary };
  const { status } = spawnSync(node, [vitest, ...args], { cwd: root, stdio: 'inherit', env, ...limits });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const overBudget = seconds > minutes * 60;
  const ok = status === 0;
  return { suite: name, ok, ...countsOf(counts), seconds, minutes, overBudget, status, failures: failuresIn(failed) };
}

/** Nothing is counted when vitest ended before it could write: then its exit code says that it failed. */
function countsOf(file) {
  try {
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = JSON.parse(readFileSync(file));
    return { passed, failed, skipped };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function failuresIn(file) {
  try {
    return JSON.parse(readFileSync(file));
  } catch {
    return [];
  }
}

function summaryLine({ suite, ok, passed, failed, skipped, seconds, minutes, overBudget, status }) {
  const time = `${Math.floor(seconds / 60)} min ${seconds % 60} s of ${minutes} min`;
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped in ${time}`;
  const over = overBudget ? ': over its budget in test/suites.mjs' : '';
  const why = ok ? '' : status === null ? ': ended at twice its budget' : `: vitest ended with ${status}`;
  return `suite ${suite} ${ok ? 'passed' : 'FAILED'} (${counts})${over}${why}`;
}

/**
 * Preloaded into the bundle: holds a sync in the middle of a batch, so that it cannot be done before the test ends it,
 * however slow the test is, and stops its clock, so that no commit of a batch is given up for being late, however slow
 * the machine is. HOLD_REPORT_DIR is its --report-dir, HOLD_ABOVE how many groups its export must have passed,
 * and HOLD_UNTIL a file that lets it go on.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';

const { HOLD_REPORT_DIR: reportDir, HOLD_ABOVE: above, HOLD_UNTIL: released } = process.env;
const OFFSET_COMMIT = 8;
/** Commits of the batch that are on their way when it is held. */
const SENT_BEFORE = 100;
const PAUSE_MS = 20;
/** Ten minutes: longer than any test, and an end should the test be gone. */
const PAUSES = 30_000;

let sent = 0;
let held = false;
/** The export as it was read last. */
let seen = { path: '', size: 0, groups: 0 };

const stoppedAt = Date.now();
Date.now = () => stoppedAt;

const write = Socket.prototype.write;
Socket.prototype.write = function (chunk, ...rest) {
  if (!held && isCommit(chunk) && exported() > Number(above)) {
    sent += 1;
    if (sent > SENT_BEFORE) hold();
  }
  return write.call(this, chunk, ...rest);
};

// Size INT32, then the API key INT16.
function isCommit(chunk) {
  return Buffer.isBuffer(chunk) && chunk.length > 6 && chunk.readInt16BE(4) === OFFSET_COMMIT;
}

/** Groups in the export, one line each below the header. */
function exported() {
  const path = seen.path === '' ? exportPath() : seen.path;
  if (path === '') return 0;
  const { size } = statSync(path);
  if (size !== seen.size) seen = { path, size, groups: readFileSync(path, 'utf8').split('\n').length - 2 };
  return seen.groups;
}

function exportPath() {
  const file = existsSync(reportDir) ? readdirSync(reportDir).find((one) => one.endsWith('.jsonl')) : undefined;
  return file === undefined ? '' : join(reportDir, file);
}

function hold() {
  held = true;
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (let pause = 0; pause < PAUSES && !existsSync(released); pause += 1) Atomics.wait(nothing, 0, 0, PAUSE_MS);
}

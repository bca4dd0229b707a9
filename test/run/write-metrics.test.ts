import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { ReportInputs } from '../../src/inputs/typed-inputs.ts';
import type { Run } from '../../src/run/run-command.ts';
import { RunRecord } from '../../src/run/run-record.ts';
import { writeMetrics } from '../../src/run/write-metrics.ts';
import { runInputs } from '../support/run-inputs.ts';

interface Written {
  readonly findings: readonly Finding[];
  /** How often the report was saved again. */
  readonly saves: number;
}

async function write(
  workingFolder: string,
  metrics: Partial<ReportInputs>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Written> {
  const given = runInputs(workingFolder, { command: 'check' });
  const inputs = { ...given, report: { ...given.report, label: 'orders-eu', ...metrics } };
  const record = new RunRecord(inputs, '2026-03-01T10:00:00.000Z');
  record.finish('2026-03-01T10:00:05.000Z');
  let saves = 0;
  const save = async () => void saves++;
  await writeMetrics({ inputs, record, host: { workingFolder }, signal, save } as unknown as Run);
  return { findings: record.model().findings, saves };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-metrics-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the file lies where the working folder is', async () => {
  const folder = await newFolder();
  expect(await write(folder, { metricsFile: 'check.prom' })).toEqual({ findings: [], saves: 0 });
  expect(await readFile(join(folder, 'check.prom'), 'utf8')).toContain(
    'mm2_run_duration_seconds{label="orders-eu",command="check",target="target"} 5\n',
  );
});

test('a file that cannot be written is a warning in a report that is saved again', async () => {
  const { findings, saves } = await write(await newFolder(), { metricsFile: 'none/such/check.prom' });
  expect(findings.map(({ rule, severity, where }) => [rule, severity, where])).toEqual([
    ['metrics-unwritable', 'warning', 'metrics-file'],
  ]);
  expect(saves).toBe(1);
});

test('a gateway that does not take them is a warning that says what it said', async () => {
  const server = createServer((_, response) => void response.writeHead(400).end('inconsistent metrics'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const metricsPushgateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { findings, saves } = await write(await newFolder(), { metricsPushgateway });
  expect(findings.map(({ message }) => message)).toEqual([
    `The Pushgateway ${metricsPushgateway} did not take the metrics: HTTP 400 "inconsistent metrics".`,
  ]);
  expect(saves).toBe(1);
});

test.each([
  ['half a minute', new AbortController().signal, 30_000],
  ['3 s by a run that was cancelled', AbortSignal.abort(), 3_000],
])('a gateway that does not answer is waited for %s', async (_what, signal, timeoutMs) => {
  const over = AbortSignal.abort(new DOMException('over', 'TimeoutError'));
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over);
  onTestFinished(() => void vi.restoreAllMocks());
  const { findings } = await write(await newFolder(), { metricsPushgateway: 'http://127.0.0.1:9' }, signal);
  expect(findings.map(({ message }) => message)).toEqual([
    `The Pushgateway http://127.0.0.1:9 did not take the metrics: no answer within ${timeoutMs} ms.`,
  ]);
});

test('nothing is written when nobody asked', async () => {
  expect(await write('/none/such', {})).toEqual({ findings: [], saves: 0 });
});

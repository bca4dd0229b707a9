/** The original tool's command line, as its README shows it, on the committed bundle and real clusters. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseReport } from '../../../src/report/json/parse-report.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { distFolder, systemNode } from '../../action/bundle.ts';
import { pauseConnector } from '../../support/connectors.ts';
import { startMigration } from '../../support/migration.ts';
import { rowOf } from '../../support/run.ts';
import { describeGroupOffsets } from '../../support/witness.ts';

const RECORDS = 500;
const bed = inject('bed');
const folder = mkdtempSync(join(tmpdir(), 'mm2-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly report: ReportModel | null;
}

async function cli(...args: readonly string[]): Promise<Ended> {
  const child = spawn(systemNode(), [join(distFolder(), 'cli.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const named = /^Report: (.*)$/m.exec(output)?.[1];
  const parsed = named === undefined ? null : parseReport(readFileSync(join(folder, named), 'utf8'));
  return { exitCode, output, report: parsed?.kind === 'report' ? parsed.report : null };
}

describe("the original tool's flags", () => {
  const topic = 'seed-orders';
  const properties = join(folder, 'consumer.properties');
  const flags = ['-cgi', 'mm2TestConsumer1', '-src', 'seedsrc', '-pfp', properties, '-rps', '.'];

  beforeAll(async () => {
    writeFileSync(properties, `BOOTSTRAP_SERVERS_CONFIG=${bed.target.bootstrapServers}\n`);
    const spec = {
      name: 'seed',
      topics: [{ topic, partitions: 1 }],
      recordsPerPartition: RECORDS,
      mm2: { sourceAlias: 'seedsrc', targetAlias: 'seeddst', policy: 'identity', groups: 'mm2TestConsumer1' } as const,
    };
    const offsets = [{ topic, partition: 0, offset: BigInt(RECORDS) }];
    const { mm2 } = await startMigration(bed, spec, [{ groupId: 'mm2TestConsumer1', offsets }]);
    await waitForCheckpoints(bed, mm2, (latest) => latest.length === 1);
    // A better checkpoint between two runs would give the second one something to do.
    await pauseConnector(bed.connectUrl, 'seed-checkpoint');
  });

  it('sync one group on the target alone, and say what cannot be known there', async () => {
    const custom = 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy';
    const ended = await cli('sync', ...flags, '-rpc', custom, '-int', '2', '-rf', '240');
    expect(ended).toMatchObject({ exitCode: 0, report: { source: null, result: 'changed' } });
    if (ended.report === null) throw new Error(ended.output);
    const row = rowOf(ended.report, 'mm2TestConsumer1', topic);
    expect(row).toMatchObject({ verdict: 'unchanged', reason: 'checkpoint-unverified', sourceCommitted: null });
    const shown = await describeGroupOffsets(bed.target.bootstrapServers, ['mm2TestConsumer1']);
    expect(shown).toMatchObject([{ topic, partition: 0, currentOffset: row.targetAfter }]);
  });

  it('run one pass without -rf, with a notice, instead of forever', async () => {
    const ended = await cli('sync', ...flags, '-rpc', 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy');
    expect(ended).toMatchObject({ exitCode: 0, report: { result: 'ok' } });
    expect(ended.report?.passes).toHaveLength(1);
    expect(ended.output).toMatch(/one pass/);
  });

  it('fail for a properties file that is not there, instead of going to localhost', async () => {
    const ended = await cli('sync', '-cgi', 'g', '-src', 'seedsrc', '-pfp', join(folder, 'absent.properties'));
    expect(ended.exitCode).toBe(2);
    expect(ended.output).toContain('absent.properties');
    expect(ended.output).not.toContain('    at ');
  });
});

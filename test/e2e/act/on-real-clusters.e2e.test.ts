/** The action as a consumer's workflow uses it, on real clusters: the bundle in dist, under act. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { parseReport } from '../../../src/report/json/parse-report.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { type BedAddresses, startBed } from '../../../src/testbed/bed.ts';
import { commitGroupOffsets, committedOffsets } from '../../../src/testbed/groups.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { freePort } from '../../../src/testbed/ports.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type ActRun, runAct, startAct } from '../../action/act.ts';
import { type Migration, type MigrationSpec, startMigration } from '../../support/migration.ts';
import { rowsOf, run } from '../../support/run.ts';
import { describeGroupOffsets } from '../../support/witness.ts';

const RECORDS = 400;

function specOf(name: string): MigrationSpec {
  const topics = [{ topic: `${name}-orders`, partitions: 2 }];
  return { name, topics, recordsPerPartition: RECORDS, mm2: { sourceAlias: `${name}src`, targetAlias: `${name}dst` } };
}

function groupAt(name: string, group: string, offset: number) {
  const offsets = [0, 1].map((partition) => ({ topic: `${name}-orders`, partition, offset: BigInt(offset) }));
  return { groupId: `${name}-${group}`, offsets };
}

/** Outside of the workflow, whose own files act removes. */
function reportFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mm2-action-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The `with:` of a sync of one migration. */
function syncInputs(bed: BedAddresses, name: string, more: Readonly<Record<string, string>> = {}) {
  return {
    command: 'sync',
    'source-bootstrap-servers': bed.source.bootstrapServers,
    'target-bootstrap-servers': bed.target.bootstrapServers,
    'source-alias': `${name}src`,
    'target-alias': `${name}dst`,
    topics: `${name}-.*`,
    groups: `${name}-.*`,
    'report-dir': reportFolder(),
    ...more,
  };
}

function reportOf({ outputs }: ActRun): ReportModel {
  const parsed = parseReport(readFileSync(outputs['report-json'] ?? '', 'utf8'));
  if (parsed.kind !== 'report') throw new Error(parsed.problems.join('\n'));
  return parsed.report;
}

async function shownByJava(bed: BedAddresses, groupId: string): Promise<readonly string[]> {
  const rows = await describeGroupOffsets(bed.target.bootstrapServers, [groupId]);
  return rows.map((row) => `${row.topic}-${row.partition} ${row.currentOffset}`).sort();
}

describe('a sync in a consumer’s workflow', () => {
  const bed = inject('bed');
  const name = 'wflow';
  const topic = targetTopic(`${name}-orders`, specOf(name).mm2);
  let migration: Migration;

  beforeAll(async () => {
    const groups = [groupAt(name, 'billing', 120), groupAt(name, 'audit', RECORDS)];
    migration = await startMigration(bed, specOf(name), groups);
  });

  test('success: offsets in place as Java’s tool shows them, and every output set', async () => {
    const run = await runAct({ inputs: syncInputs(bed, name, { 'run-for': '200s', interval: '2s' }) });
    const report = reportOf(run);
    expect(run.outcome).toBe('success');
    expect(run.outputs).toMatchObject({
      result: 'changed',
      'groups-total': '2',
      'groups-synced': '2',
      'groups-skipped': '0',
      'groups-failed': '0',
      'offset-delta': '0',
    });
    expect(readFileSync(run.outputs['offsets-export'] ?? '', 'utf8')).toContain(`${name}-billing`);
    for (const groupId of [`${name}-billing`, `${name}-audit`]) {
      const rows = rowsOf(report).filter((row) => row.groupId === groupId);
      const claimed = rows.map((row) => `${row.topic}-${row.partition} ${row.targetAfter}`).sort();
      expect(await shownByJava(bed, groupId)).toEqual(claimed);
    }
    expect(run.summary).toMatch(/^## ✅ 2 of 2 groups have their offsets in place on the target\n/);
    expect(run.summary).toContain(`| <code>${name}-audit</code> | ✅&nbsp;ready |`);
    expect(run.annotations).toEqual([]);
  });

  test('a second sync changes nothing and says so', async () => {
    const run = await runAct({ inputs: syncInputs(bed, name) });
    expect(run.outputs).toMatchObject({ result: 'ok', 'groups-synced': '2', 'offsets-export': '' });
  });

  test('the gate fails the step with what is not known, and passes when that is left out', async () => {
    const asked = syncInputs(bed, name, { command: 'check', 'activity-window': '1s' });
    const red = await runAct({ inputs: asked });
    expect(red).toMatchObject({ outcome: 'failure', outputs: { result: 'not-ready', ready: 'false' } });
    expect(red.summary).toContain('connect-url is not given');
    const notAsked = 'connectors,connector-drift,mm2-version,replication-lag,source-retention,heartbeat';
    const green = await runAct({ inputs: { ...asked, 'skip-checks': notAsked, 'report-dir': reportFolder() } });
    expect(green).toMatchObject({ outcome: 'success', outputs: { result: 'ok', ready: 'true' } });
    expect(green.outputs['records-redelivered']).toBe('0');
    expect(green.summary).toContain('mm2-version');
  });

  test('an export, a sync and a rollback: what was there before is there again', async () => {
    const before = await runAct({ inputs: syncInputs(bed, name, { command: 'export' }) });
    expect(before).toMatchObject({ outcome: 'success', outputs: { result: 'ok' } });
    const groupId = `${name}-billing`;
    const there = await shownByJava(bed, groupId);
    await commitGroupOffsets(bed.source, [groupAt(name, 'billing', 300)]);
    const synced = await runAct({ inputs: syncInputs(bed, name) });
    expect(synced.outputs['result']).toBe('changed');
    expect(await shownByJava(bed, groupId)).not.toEqual(there);

    const back = syncInputs(bed, name, {
      command: 'rollback',
      'rollback-from': synced.outputs['offsets-export'] ?? '',
    });
    const shown = await runAct({ inputs: back });
    expect(shown).toMatchObject({ outcome: 'success', outputs: { result: 'changed', 'offsets-export': '' } });
    expect(await shownByJava(bed, groupId)).not.toEqual(there);
    const done = await runAct({ inputs: { ...back, 'dry-run': 'false', 'report-dir': reportFolder() } });
    expect(done).toMatchObject({ outcome: 'success', outputs: { result: 'changed' } });
    expect(await shownByJava(bed, groupId)).toEqual(there);
  });

  test('Connect down: the step fails and names the address', async () => {
    const config = { 'connector.class': 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector' };
    const port = await freePort();
    const run = await runAct({
      inputs: {
        command: 'apply',
        'connect-url': `http://127.0.0.1:${port}`,
        connectors: 'connectors/*.json',
        'apply-timeout': '5s',
      },
      files: { 'connectors/heartbeat.json': JSON.stringify({ name: 'wflow-heartbeat', config }) },
    });
    expect(run).toMatchObject({ outcome: 'failure', outputs: { result: 'failed' } });
    const [annotation] = run.annotations;
    expect(annotation?.title).toBe('CONNECT_UNREACHABLE');
    expect(annotation?.message).toContain(`127.0.0.1:${port}`);
    expect(run.summary).toContain('CONNECT_UNREACHABLE');
  });

  /** Of what the source is at now; true once MM2's checkpoints would let a sync move the group. */
  async function isBehind(groupId: string): Promise<boolean> {
    const { report } = await run(migration.inputs({ sync: { dryRun: true } }));
    return rowsOf(report).some((row) => row.groupId === groupId && row.verdict === 'planned');
  }

  test.each([
    ['SIGINT', 'success', 'cancelled by SIGINT', 'CANCELLED'],
    ['SIGKILL', 'failure', 'last pass known: 1', 'RUN_KILLED'],
  ] as const)(
    '%s to the step’s own process: no commit comes after it, and the report is there',
    async (signal, outcome, said, code) => {
      const groupId = `${name}-${signal.toLowerCase()}`;
      const at = (offset: number) => commitGroupOffsets(bed.source, [groupAt(name, signal.toLowerCase(), offset)]);
      await at(50);
      await waitFor(
        `a checkpoint of ${groupId}`,
        async () => ((await isBehind(groupId)) ? { done: true } : { seen: 'none' }),
        {
          timeoutMs: 120_000,
        },
      );
      const act = await startAct({ inputs: syncInputs(bed, name, { 'run-for': '30m', interval: '10m' }) });
      await act.printed('Pass 1 took');
      process.kill(await act.stepPid(), signal);
      const ended = await act.done;
      expect(await act.processes()).toEqual([]);
      const left = await committedOffsets(bed.target, groupId);
      expect(left.map((row) => row.topic)).toEqual([topic, topic]);

      await at(300);
      await waitFor(
        `a newer checkpoint of ${groupId}`,
        async () => ((await isBehind(groupId)) ? { done: true } : { seen: 'none' }),
        {
          timeoutMs: 120_000,
        },
      );
      expect(await committedOffsets(bed.target, groupId)).toEqual(left);

      expect(ended.steps['run']?.outcome).toBe(outcome);
      expect(ended.summary).toContain(said);
      expect(ended.annotations.map(({ title }) => title)).toContain(code);
      expect(reportOf(ended).groups.length).toBeGreaterThan(0);
    },
  );
});

test('commit refused by the broker: the step fails, each partition with its reason', async () => {
  const name = 'wrefused';
  // Our commits carry a marker in their metadata, for which this broker has no room.
  const bed = await startBed({ target: { properties: { 'offset.metadata.max.bytes': '1' } } });
  try {
    await startMigration(bed.addresses, specOf(name), [groupAt(name, 'billing', 120)]);
    const run = await runAct({ inputs: syncInputs(bed.addresses, name, { 'run-for': '16s', interval: '2s' }) });
    expect(run).toMatchObject({ outcome: 'failure', outputs: { result: 'failed', 'groups-failed': '1' } });
    expect(rowsOf(reportOf(run)).map(({ verdict, reason }) => ({ verdict, reason }))).toEqual([
      { verdict: 'failed', reason: 'commit-rejected' },
      { verdict: 'failed', reason: 'commit-rejected' },
    ]);
    expect(run.annotations[0]?.title).toBe('commit-rejected: 2 partitions of 1 group failed');
    expect(run.summary).toMatch(/commit-rejected: .*OFFSET_METADATA_TOO_LARGE/);
    expect(await committedOffsets(bed.addresses.target, `${name}-billing`)).toEqual([]);
  } finally {
    await bed.stop();
  }
});

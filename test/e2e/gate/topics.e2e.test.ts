/** Each check about topics, connectors and clusters, spoiled by itself in a migration that is ready otherwise. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { kafkaClient } from '../../../src/testbed/client.ts';
import { mm2Connectors } from '../../../src/testbed/mm2.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { addPartitions, deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { deleteConnectors, pauseConnector, resumeConnector } from '../../support/connectors.ts';
import { ownName } from '../../support/names.ts';
import { Witness } from '../../support/witness.ts';
import {
  beatAt,
  check,
  checkUntil,
  connectorFiles,
  type Judged,
  PLACE,
  pinned,
  RECORDS,
  redeploy,
  startJudgedMigration,
} from './judged-migration.ts';
import { startRewritingProxy } from './rewriting-proxy.ts';

const bed = inject('bed');
const name = ownName('gatet');
const connector = (kind: string) => `${name}-${kind}`;

let judged: Judged;
let witness: Witness;

beforeAll(async () => {
  const suffixes = ['plain', 'lagging', 'overtaken', 'busy', 'fewer', 'more', 'configs', 'paid'];
  const topics = suffixes.map((suffix) => ({ suffix }));
  [witness, judged] = await Promise.all([Witness.start(), startJudgedMigration(bed, name, topics)]);
});
afterAll(async () => {
  await deleteConnectors(bed.connectUrl, ['source', 'checkpoint', 'heartbeat'].map(connector));
  await witness?.close();
});

/** Records that MM2 does not copy here, while all its tasks run. */
async function writeTombstones(suffix: string, count: number): Promise<void> {
  const record = (_: number, index: number) => ({ key: `gone-${index}`, value: null });
  await produceRecords(bed.source, {
    topic: judged.topic(suffix),
    partitions: [0],
    recordsPerPartition: count,
    record,
  });
}

describe('a topic', () => {
  it('replication-lag: with data records that MM2 has not copied, unless as many are allowed', async () => {
    await writeTombstones('lagging', 3);
    const { troubled, seen } = await checkUntil(judged, ['replication-lag: fail'], ['plain', 'lagging']);
    expect(troubled).toEqual(['replication-lag: fail']);
    expect(seen('replication-lag')).toContain(`${judged.topic('lagging')} is 3 records behind on partition 0`);
    const allowed = await checkUntil(judged, [], ['plain', 'lagging'], { gateRules: { maxReplicationLag: 3n } });
    expect(allowed.troubled).toEqual([]);
  });

  it('replication-lag: that is not counted beyond max-scan, but bounded by its offsets', async () => {
    await writeTombstones('lagging', 20);
    const translation = { maxScan: 10 };
    const { seen, finished } = await check(judged, ['lagging'], { translation });
    expect(seen('replication-lag')).toContain('is 23 records behind');
    const rules = finished.report.findings.map(({ rule }) => rule);
    expect(rules).toContain('replication-lag-upper-bound');
  });

  it('source-retention: whose retention overtook MM2', async () => {
    await writeTombstones('overtaken', 5);
    await deleteRecords(bed.source, judged.topic('overtaken'), new Map([[0, BigInt(RECORDS + 5)]]));
    const { troubled, seen } = await checkUntil(
      judged,
      ['source-retention: fail'],
      ['plain', 'overtaken'],
      ofGroup('plain'),
    );
    expect(troubled).toEqual(['source-retention: fail']);
    expect(seen('source-retention')).toContain('lost up to 5 records of partition 0');
  });

  it('appends: that a producer still writes to', async () => {
    let stopped = false;
    const producing = (async () => {
      const producer = kafkaClient(bed.source).producer();
      await producer.connect();
      while (!stopped) await producer.send({ topic: judged.topic('busy'), messages: [{ value: 'more' }] });
      await producer.disconnect();
    })();
    const rules = { maxReplicationLag: 1_000_000n };
    const more = { gateRules: rules, ...ofGroup('plain') };
    const { troubled, seen } = await checkUntil(judged, ['appends: fail'], ['plain', 'busy'], more).finally(() => {
      stopped = true;
      return producing;
    });
    expect(troubled).toEqual(['appends: fail']);
    expect(seen('appends')).toMatch(/busy grew by \d+ on partition 0/);
  });

  it('partitions: with fewer partitions on the target', async () => {
    await addPartitions(bed.source, judged.topic('fewer'), 2);
    const { troubled, seen } = await checkUntil(judged, ['partitions: fail'], ['plain', 'fewer']);
    expect(troubled).toEqual(['partitions: fail']);
    expect(seen('partitions')).toContain('has 1 partition on the target, 2 on the source');
  });

  it('partitions: with more on the target passes, and says that keys move', async () => {
    await addPartitions(bed.target, judged.copy('more'), 3);
    const { troubled, finished } = await checkUntil(judged, [], ['plain', 'more']);
    expect(troubled).toEqual([]);
    const warnings = finished.report.checks.find(({ id }) => id === 'partitions')?.warnings.join();
    expect(warnings).toContain('has 3 partitions on the target, 1 on the source: records of one key will go');
  });

  it('topic-configs: set differently on the target, but for what MM2 leaves out', async () => {
    await witness.setConfig(bed.target, 'TOPIC', judged.copy('configs'), { 'min.insync.replicas': '1' });
    expect((await checkUntil(judged, [], ['configs'])).troubled).toEqual([]);
    await witness.setConfig(bed.target, 'TOPIC', judged.copy('configs'), { 'retention.ms': '1234567890' });
    const { troubled, seen } = await checkUntil(judged, ['topic-configs: fail'], ['plain', 'configs']);
    expect(troubled).toEqual(['topic-configs: fail']);
    expect(seen('topic-configs')).toContain('retention.ms 1234567890 instead of');
  });

  it('transactions: written in transactions, which MM2 reads uncommitted; its markers are no lag', async () => {
    const records = { topic: judged.topic('paid'), partition: 0, ids: ['a', 'b'] };
    const open = await witness.openTransaction(bed.source, { transactionalId: `${name}-tx`, records });
    await open.end('abort');
    const { troubled, seen } = await checkUntil(judged, ['transactions: fail'], ['plain', 'paid']);
    expect(troubled).toEqual(['transactions: fail']);
    expect(seen('transactions')).toContain(judged.topic('paid'));
    expect(seen('replication-lag')).not.toContain('behind');
  });
});

const ofGroup = (suffix: string) => {
  const selection = { groups: { text: '', literals: [], matches: (id: string) => id === judged.group(suffix) } };
  return { selection };
};

describe('the connectors', () => {
  it('connectors: of which one is paused', async () => {
    await pauseConnector(bed.connectUrl, connector('heartbeat'));
    const { troubled, seen } = await checkUntil(judged, ['connectors: fail'], ['plain']);
    await resumeConnector(bed.connectUrl, connector('heartbeat'));
    expect(troubled).toEqual(['connectors: fail']);
    expect(seen('connectors')).toContain(`${connector('heartbeat')} does not run: PAUSED`);
  });

  it.each([
    ['that has failed', { topics: '*', name: connector('broken') }, /broken does not run: FAILED/],
    [
      'that runs without a task',
      { enabled: 'false', name: connector('idle') },
      /idle does not run: RUNNING without a task/,
    ],
  ])('connectors: one %s', async (_, changes, words) => {
    const [base] = mm2Connectors(bed, judged.migration.mm2);
    const config = { ...base, ...changes };
    const files = await connectorFiles([...judged.connectors, config]);
    await redeploy(judged, [config]);
    const look = async () => {
      const verdicts = await checkUntil(judged, ['connectors: fail'], ['plain'], { apply: { connectors: files } });
      return words.test(verdicts.seen('connectors')) ? { done: verdicts } : { seen: verdicts.seen('connectors') };
    };
    const { troubled } = await waitFor('the connector to show', look, { timeoutMs: 150_000 });
    await deleteConnectors(bed.connectUrl, [changes.name]);
    expect(troubled).toEqual(['connectors: fail']);
  });

  it('connectors: one of the files that is not on the worker', async () => {
    const [base] = judged.connectors;
    const files = await connectorFiles([...judged.connectors, { ...base, name: connector('missing') }]);
    const { troubled, seen } = await checkUntil(judged, ['connectors: fail'], ['plain'], {
      apply: { connectors: files },
    });
    expect(troubled).toEqual(['connectors: fail']);
    expect(seen('connectors')).toContain('missing is not on the worker');
  });

  it('connector-drift: with another config than the repository has', async () => {
    const changed = judged.connectors.map((config) => {
      return config['name'] === connector('source') ? { ...config, 'offset.lag.max': '7' } : config;
    });
    const { troubled, seen } = await checkUntil(judged, ['connector-drift: fail'], ['plain'], {
      apply: { connectors: await connectorFiles(changed) },
    });
    expect(troubled).toEqual(['connector-drift: fail']);
    expect(seen('connector-drift')).toContain(`${connector('source')} differs from its file in offset.lag.max`);
  });

  it('mm2-version: of a runtime that may skip records', async () => {
    const proxy = await startRewritingProxy(bed.connectUrl, { '/': (body) => body.replace(/"4\.3\.1"/, '"3.3.2"') });
    const { troubled, seen } = await checkUntil(judged, ['mm2-version: fail'], ['plain'], {
      connect: connectInputs(proxy.url),
    });
    await proxy.stop();
    expect(troubled).toEqual(['mm2-version: fail']);
    expect(seen('mm2-version')).toContain('MM2 3.3.2 extrapolates');
  });

  it('an older worker, without the offsets endpoint, leaves the lag unknown', async () => {
    const proxy = await startRewritingProxy(bed.connectUrl, { '/offsets': () => null });
    const { troubled, seen } = await checkUntil(
      judged,
      ['replication-lag: unknown', 'source-retention: unknown'],
      ['plain'],
      { connect: connectInputs(proxy.url) },
    );
    await proxy.stop();
    expect(troubled).toEqual(['replication-lag: unknown', 'source-retention: unknown']);
    expect(seen('replication-lag')).toContain('it came with Connect 3.5');
  });

  it('without connect-url all that only Connect knows is unknown, and can be left out', async () => {
    const ids = ['replication-lag', 'source-retention', 'connectors', 'connector-drift', 'mm2-version'] as const;
    const { troubled, result } = await check(judged, ['plain'], { connect: null, apply: { connectors: null } });
    expect(troubled).toEqual(ids.map((id) => `${id}: unknown`));
    expect(result).toBe('not-ready');
    const skipChecks = new Set(ids);
    const left = await check(judged, ['plain'], {
      connect: null,
      apply: { connectors: null },
      gateRules: { skipChecks },
    });
    expect(left.result).toBe('ok');
    expect(left.finished.lines.join('\n')).toMatch(/not asked: .*replication-lag/);
  });
});

describe('the clusters', () => {
  it('heartbeat: of which none has come for long', async () => {
    await pauseConnector(bed.connectUrl, connector('heartbeat'));
    await beatAt(bed, name, Date.now() - 3_600_000, 30);
    // The connector is paused, so that it cannot pass; what is old are MM2's own copies of old heartbeats.
    const rules = { skipChecks: new Set(['connectors'] as const) };
    const { troubled, seen } = await checkUntil(judged, ['heartbeat: fail'], ['plain'], { gateRules: rules });
    await resumeConnector(bed.connectUrl, connector('heartbeat'));
    await checkUntil(judged, [], ['plain'], { gateRules: rules });
    expect(troubled).toEqual(['heartbeat: fail']);
    expect(seen('heartbeat')).toContain('old');
  });

  it.each(['source', 'target'] as const)('identity: of which the %s is not the one pinned', async (side) => {
    const wrong = pinned(bed[side], 'AAAAAAAAAAAAAAAAAAAAAA');
    const { troubled, seen, finished } = await checkUntil(judged, ['identity: fail'], ['plain'], { [side]: wrong });
    expect(troubled).toEqual(['identity: fail']);
    expect(seen('identity')).toContain('AAAAAAAAAAAAAAAAAAAAAA');
    expect(finished.report.errors).toEqual([]);
  });

  it('identity: that nobody has pinned', async () => {
    const { troubled } = await checkUntil(judged, ['identity: unknown'], ['plain'], {
      source: { ...pinned(bed.source), clusterId: null } as never,
    });
    expect(troubled).toEqual(['identity: unknown']);
  });

  it('offsets-retention: of which the target forgets offsets before the cutover', async () => {
    const month = 30 * 24 * 3_600_000;
    const { troubled, seen } = await checkUntil(judged, ['offsets-retention: fail'], ['plain'], {
      gateRules: { cutoverWithinMs: month },
    });
    expect(troubled).toEqual(['offsets-retention: fail']);
    expect(seen('offsets-retention')).toContain('10080');
  });

  it('rollback: without an export, and with one that is none', async () => {
    const none = await checkUntil(judged, ['rollback: fail'], ['plain'], { sync: { rollbackFrom: null } });
    expect(none.troubled).toEqual(['rollback: fail']);
    const bad = await checkUntil(judged, ['rollback: unknown'], ['plain'], {
      sync: { rollbackFrom: '/nowhere/offsets.jsonl' },
    });
    expect(bad.troubled).toEqual(['rollback: unknown']);
  });

  it('moved: on which the groups have not begun, when the source is to go', async () => {
    const { troubled, seen } = await checkUntil(judged, ['moved: fail'], ['plain'], { phase: 'decommission' });
    expect(troubled).toEqual(['moved: fail']);
    expect(seen('moved')).toContain(`${judged.group('plain')} was never seen at work on the target`);
    expect(PLACE).toBeLessThan(BigInt(RECORDS));
  });
});

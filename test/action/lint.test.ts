/** A plan of connector files alone, as on the pull request of a fork: no cluster, no worker, no secret. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareUse, runStep, type StepResult } from './bundle.ts';

const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
const LINES: readonly string[] = [
  '"name": "mm2-source",',
  '"connector.class": "org.apache.kafka.connect.mirror.MirrorSourceConnector",',
  '"tasks.max": "4",',
  '"source.cluster.alias": "old", "target.cluster.alias": "new",',
  '"source.cluster.bootstrap.servers": "old:9092",',
  '"target.cluster.bootstrap.servers": "new:9092",',
  `"key.converter": "${BYTES}", "value.converter": "${BYTES}", "header.converter": "${BYTES}",`,
];

let repository = '';
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'mm2-repository-'));
  await mkdir(join(repository, 'connectors'));
});
afterEach(() => rm(repository, { recursive: true }));

async function plan(lastLine: string, config = ''): Promise<{ readonly run: StepResult; readonly report: StepResult }> {
  await writeFile(join(repository, 'connectors/source.json'), `{\n${[...LINES, lastLine].join('\n')}\n}\n`);
  await writeFile(join(repository, 'mm2.yml'), `connectors: connectors/*.json\n${config}`);
  const environment = { ACTION_FOLDER: await prepareUse(), INPUT_COMMAND: 'plan', INPUT_CONFIG: 'mm2.yml' };
  const run = await runStep('run', { environment, cwd: repository });
  return { run, report: await runStep('report', { environment, cwd: repository }) };
}

describe('a plan without a worker', () => {
  test('fails by a wrong key, and annotates its line', async () => {
    const { report } = await plan('"topics.blacklist": "__.*"');
    expect(report.outputs.get('result')).toBe('failed');
    expect(report.exitCode).toBe(1);
    expect(report.log).toMatch(/::error title=CONNECT_LINT::[^\n]*connectors\/source\.json:9 \(exclusion-removed\)/);
    expect(report.log).toMatch(/::error title=exclusion-removed,file=connectors\/source\.json,line=9::/);
    expect(report.summary).toContain('exclusion-removed');
  });

  test('is ok when the rule is silenced, with the reason in the summary alone', async () => {
    const lint = 'lint:\n  ignore:\n    - rule: exclusion-removed\n      reason: the worker is still 3.9\n';
    const { run, report } = await plan('"topics.blacklist": "__.*"', lint);
    expect(report.outputs.get('result')).toBe('ok');
    expect(report.log).not.toContain('title=exclusion-removed');
    expect(report.summary).toContain('the worker is still 3.9');
    expect(run.log).toContain('linted only');
  });

  test('reads look-around as MM2 does, in a thread out of the same bundle', async () => {
    const wide = await plan('"topics.exclude": "(?!orders).*"');
    expect(wide.report.outputs.get('result')).toBe('ok');
    expect(wide.report.log).not.toMatch(/title=(?:pattern-invalid|topics-exclude-replaced)/);
    // Matched in the thread: it leaves out what the default excludes.
    const narrow = await plan('"topics.exclude": "(?!__).*"');
    expect(narrow.report.log).toContain('title=topics-exclude-replaced,file=connectors/source.json,line=9::');
  });
});

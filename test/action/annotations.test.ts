/** What the report step puts on the page of a run: GitHub keeps ten of a kind for each step, and drops the rest silently. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportText } from '../../src/report/json/report-json.ts';
import type { Finding, ReportModel, Severity } from '../../src/report/report-model.ts';
import { finding, report } from '../report/build-report.ts';
import { startFakeGitHub } from '../support/fake-github.ts';
import { prepareUse, runStep } from './bundle.ts';

/** The report step, on a push: no pull request is named. */
async function reported(model: ReportModel, comment: string, environment: Readonly<Record<string, string>> = {}) {
  const folder = await prepareUse();
  const reportJson = join(folder, 'report.json');
  writeFileSync(reportJson, reportText(model));
  const kept = {
    command: 'sync',
    startedAt: '',
    reportJson,
    label: 'eu',
    failOn: 'never',
    comment,
    commentMode: 'update',
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(kept));
  return runStep('report', { environment: { ACTION_FOLDER: folder, GITHUB_EVENT_NAME: 'push', ...environment } });
}

function of(severity: Severity): readonly Finding[] {
  const at = (i: number) => ({ file: 'connectors/source.json', line: i + 1 });
  return Array.from({ length: 40 }, (_, i) => finding({ severity, rule: `${severity}-${i}`, at: at(i) }));
}

test('at most ten of a kind are said in the step, whatever was found, and the tenth names the rest', async () => {
  const findings = [...of('error'), ...of('warning'), ...of('notice')];
  const { exitCode, log } = await reported(report({ findings, result: 'partial' }), 'never');
  expect(exitCode).toBe(0);
  for (const kind of ['error', 'warning', 'notice']) {
    const said = log.split('\n').filter((line) => line.startsWith(`::${kind}`));
    expect(said).toHaveLength(10);
    expect(said[0]).toContain(`title=${kind}-0,file=connectors/source.json,line=1`);
    expect(said[9]).toMatch(/title=31 more::Not shown one by one: .*All are in the job summary/);
  }
});

test('that no pull request is found for a comment that was asked for is a notice, and no failure', async () => {
  const github = await startFakeGitHub([]);
  const access = {
    INPUT_GITHUB_TOKEN: 'canary-token',
    INPUT_GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: 'acme/migration',
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_RUN_ID: '42',
    GITHUB_SHA: 'abc',
  };
  const { exitCode, log } = await reported(report(), 'always', access);
  expect(exitCode).toBe(0);
  expect(log).toMatch(
    /^::notice title=No comment::No comment: this run is of no pull request \(pr-number names one\)\.$/m,
  );
  expect(log).not.toContain('::warning');
});

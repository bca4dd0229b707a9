/** The reviewed plan, from the comment on the pull request to the worker: plan, merge, apply, in workflows under act. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { callConnect, readConnect } from '../../../src/testbed/connect-rest.ts';
import { mm2Connectors } from '../../../src/testbed/mm2.ts';
import { type ActRun, runAct } from '../../action/act.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { startFakeGitHub } from '../../support/fake-github.ts';
import { ownName } from '../../support/names.ts';

const bed = inject('bed');
const name = ownName('wfplan');
const NUMBER = 3;
const connectUrl = bed.connectUrl ?? '';
/** Writes to a topic of its own, and needs neither topics nor groups. */
const heartbeat = mm2Connectors(bed, { name, sourceAlias: name }).find((config) =>
  config['name']?.endsWith('heartbeat'),
);

async function liveConfig(): Promise<Record<string, string> | null> {
  const { status, text } = await callConnect(connectUrl, `/connectors/${name}-heartbeat/config`);
  if (status === 404) return null;
  return JSON.parse(text) as Record<string, string>;
}

test('what was approved is applied, and nothing else', async () => {
  const pullRequest = { number: NUMBER, merged: false, oid: null, commits: [], comments: [] };
  const github = await startFakeGitHub([pullRequest]);
  const folder = mkdtempSync(join(tmpdir(), 'mm2-approved-'));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await deleteConnectors(connectUrl, [`${name}-heartbeat`]);
  });
  const run = (command: string, more: Readonly<Record<string, string>> = {}): Promise<ActRun> =>
    runAct({
      repository: 'acme/migration',
      files: { 'connectors/heartbeat.json': JSON.stringify(heartbeat, null, 2) },
      inputs: {
        command,
        connectors: 'connectors/*.json',
        'connect-url': connectUrl,
        'target-cluster-id': bed.target.clusterId,
        'target-bootstrap-servers': bed.target.bootstrapServers,
        'github-token': 'a-token',
        'github-api-url': github.apiUrl,
        'pr-number': String(NUMBER),
        groups: `${name}-none`,
        ...more,
      },
    });

  const planned = await run('plan');
  expect(planned.outputs['result']).toBe('changed');
  const [comment = ''] = github.ours(NUMBER);
  expect(readCommentMarker(comment)).toEqual({
    label: 'default',
    command: 'plan',
    planHash: planned.outputs['plan-hash'],
  });
  expect(comment).toContain('emit.heartbeats.interval.seconds');
  expect(await liveConfig()).toBeNull();

  // Not merged: nobody has approved it.
  const early = await run('apply', { 'approved-plan': 'from-pr' });
  expect(early.outcome).toBe('failure');
  expect(early.annotations.map(({ message }) => message).join()).toContain('seen #3, which is not merged');
  expect(await liveConfig()).toBeNull();

  github.merge(NUMBER);
  const applied = await run('apply', { 'approved-plan': 'from-pr' });
  expect(applied.steps['prepare']?.log).toContain(`Approved: plan ${planned.outputs['plan-hash']} of pull request #3`);
  expect(applied.outputs['result']).toBe('changed');
  expect(await liveConfig()).toEqual(heartbeat);

  // Somebody changes a key by hand: what was reviewed is no longer what an apply would do.
  const changed = { ...heartbeat, 'emit.heartbeats.interval.seconds': '9' };
  await readConnect(connectUrl, `/connectors/${name}-heartbeat/config`, { method: 'PUT', body: changed });
  const refused = await run('apply', { 'approved-plan': 'from-pr' });
  expect(refused.outcome).toBe('failure');
  expect(refused.summary).toContain('PLAN_CHANGED');
  expect((await liveConfig())?.['emit.heartbeats.interval.seconds']).toBe('9');
  // The comment of the plan is still there, beside the one of the applies.
  const markers = github.ours(NUMBER).map((body) => readCommentMarker(body)?.command);
  expect(markers).toEqual(['plan', 'apply']);
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what the worker replaces
/** The inputs as a workflow gives them, without connector files: generated, applied, and found unchanged after it. */

import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { readTextFile } from '../../../src/adapters/files/text-file.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { runCommand } from '../../../src/run/run-command.ts';
import { callConnect } from '../../../src/testbed/connect-rest.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { createWorkFolder, removeWorkFolder } from '../../../src/testbed/processes.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { openAuthority } from '../../../src/testbed/security/authority.ts';
import { secureAccess } from '../../../src/testbed/security/secure-listeners.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { ownName } from '../../support/names.ts';

const bed = inject('flowsBed');
const authority = openAuthority(join(bed.folder, 'certificates'));
const old = secureAccess(authority, 'sasl-scram-512');
const fresh = secureAccess(authority, 'mtls');
const name = ownName('applied');
const topic = `${name}-orders`;
const lines: string[] = [];
let folder: string;

beforeAll(async () => {
  folder = await createWorkFolder('flows-apply-');
  await createTopics(bed.source.address, [{ topic }]);
  await produceRecords(bed.source.address, { topic, partitions: [0], recordsPerPartition: 5 });
  const offsets = [{ topic, partition: 0, offset: 2n }];
  await commitGroupOffsets(bed.source.address, [{ groupId: `${name}-group`, offsets }]);
});
afterAll(() => removeWorkFolder(folder));

function run(command: string, more: Readonly<Record<string, string>> = {}): Promise<ReportModel> {
  const given = {
    command,
    'connect-url': bed.connectUrl,
    'source-bootstrap-servers': bed.source.servers[old.listener] ?? '',
    'source-auth': 'sasl-scram-512',
    'source-username': old.username ?? '',
    'source-password': old.password ?? '',
    'source-ca': old.caPem ?? '',
    'target-bootstrap-servers': bed.target.servers[fresh.listener] ?? '',
    'target-auth': 'mtls',
    'target-ca': fresh.caPem ?? '',
    'target-certificate': fresh.certificatePem ?? '',
    'target-key': fresh.keyPem ?? '',
    'source-alias': `${name}-old`,
    'target-alias': `${name}-new`,
    topics: topic,
    groups: `${name}-group`,
    'tasks-max': '1',
    'report-dir': folder,
    ...more,
  };
  const log = (line: string) => void lines.push(line);
  return runCommand(parseInputs(new Map(Object.entries(given)), { readFile: readTextFile }), {
    log: { stage: log, info: log, warn: log, debug: log },
    clock: systemClock,
    signal: new AbortController().signal,
    proxy: null,
    workingFolder: folder,
  });
}

const changesOf = ({ connectors }: ReportModel) => connectors.map((one) => `${one.name} ${one.change}`);

test('apply creates the generated connectors, and a second time changes nothing', async () => {
  const names = ['source', 'checkpoint', 'heartbeat'].map((kind) => `${name}-old-to-${name}-new-${kind}`);
  const applied = await run('apply');
  expect(applied.errors).toEqual([]);
  expect(changesOf(applied)).toEqual(names.map((one) => `${one} create`));
  const again = await run('apply');
  expect(again.errors).toEqual([]);
  expect(changesOf(again)).toEqual(names.map((one) => `${one} none`));
  // The worker got references, and the log neither the password nor the key.
  const { text: config } = await callConnect(bed.connectUrl, `/connectors/${names[0]}/config`);
  expect(config).toContain('${env:SOURCE_PASSWORD}');
  const key = fresh.keyPem?.split('\n')[1] ?? 'no key';
  for (const secret of [old.password ?? 'no password', key]) {
    expect(config).not.toContain(secret);
    expect(lines.join('\n')).not.toContain(secret);
  }
});

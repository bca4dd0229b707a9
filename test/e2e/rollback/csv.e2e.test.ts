/** The CSV of exports with odd group ids, given to Java's own tool: what it takes, and what we leave out for its sake. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { writeOffsetsCsv } from '../../../src/adapters/files/offsets-csv-file.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { ownName } from '../../support/names.ts';
import { runConsumerGroupCommand, Witness } from '../../support/witness.ts';
import { csvBeside, seenByJava, writeExport } from './seen-offsets.ts';

const bed = inject('bed');
const name = ownName('rlbc');
const topic = `${name}-orders`;
const suffixes = ['a,b', 'a"b', '"a"', ' a ', '#a', "it's", 'ünï😀', 'back\\slash', 'cr\rx', 'tab\tx', '=1+1', ','];
const odd = [...suffixes.map((suffix) => `${name}${suffix}`), ` ${name}`, `"${name}"`, `#${name}`, `,${name}`];
const BROKEN = `${name}line\nfeed`;

let witness: Witness;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-test-'));
  witness = await Witness.start();
  await createTopics(bed.target, [{ topic, partitions: 1 }]);
  await produceRecords(bed.target, { topic, partitions: [0], recordsPerPartition: 50 });
  const offsets = [{ topic, partition: 0, offset: 40n }];
  await witness.alterGroupOffsets(
    bed.target,
    odd.map((groupId) => ({ groupId, offsets })),
  );
});
afterAll(() => witness?.close());

const reset = (csv: string) =>
  runConsumerGroupCommand(bed.target.bootstrapServers, [
    '--reset-offsets',
    ...odd.flatMap((groupId) => ['--group', groupId]),
    ...['--from-file', csv, '--execute'],
  ]);

it('every group gets its own offset back, one with a line feed is left out and named', async () => {
  const lines = [...odd, BROKEN].map((groupId, n) => ({ groupId, topic, previous: n, intended: 40 }));
  const path = await writeExport(folder, bed.target.clusterId, lines);
  expect(await writeOffsetsCsv(path)).toMatchObject([{ rule: 'offsets-csv-incomplete' }]);
  await reset(csvBeside(path));
  const restored = odd.map((groupId, n) => `${groupId} ${topic}-0 ${n} []`).sort();
  expect(await seenByJava(witness, bed.target, odd)).toEqual(restored);
});

it('a line feed in one group id makes the tool refuse the whole file', async () => {
  const path = await writeExport(folder, bed.target.clusterId, [{ groupId: odd[0] ?? '', topic, previous: 33 }]);
  await writeOffsetsCsv(path);
  const broken = join(folder, 'broken.csv');
  await writeFile(broken, `${await readFile(csvBeside(path), 'utf8')}"${BROKEN}",${topic},0,5\n`);
  const before = await seenByJava(witness, bed.target, odd);
  await reset(broken).catch(() => {});
  expect(await seenByJava(witness, bed.target, odd)).toEqual(before);
});

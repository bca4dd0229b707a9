import { expect, it } from 'vitest';
import { closingLines } from '../../src/demo/closing-words.ts';
import { activeGroup, group, partition, report } from '../report/build-report.ts';

const exact = group({ partitions: [partition({ translation: 'exact', redelivered: 0n, redeliveredMax: 0n })] });
const seen = { report: report({ groups: [activeGroup('live'), exact] }), equal: true, kept: false, script: 'cli.js' };

it('says what was synced, what was left alone and why, and what comes next', () => {
  expect(closingLines(seen)).toEqual([
    "What you saw: connectors applied from files until every task ran; the offsets of 1 group committed, read back, and shown the same by Java's own tool.",
    "Read again after the move: 0 records. From MirrorMaker 2's own checkpoints it would have been 0 records.",
    'What was left alone: live (group-active: its consumers are at work on the target).',
    'Next: node cli.js demo --keep leaves the clusters up to play with; node cli.js --help shows the commands for your own clusters.',
  ]);
});

it("does not claim that Java's tool agrees when it does not", () => {
  expect(closingLines({ ...seen, equal: false })[0]).toMatch(
    /read back, but Java's own tool shows others: see the table\.$/,
  );
});

it('points at the commands that follow when the clusters stay up', () => {
  expect(closingLines({ ...seen, kept: true })[3]).toMatch(/^Next: try the commands below; /);
});

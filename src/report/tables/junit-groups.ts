/** Consumer groups as test cases. */
import type { Readiness } from '../../domain/cutover/group-readiness.ts';
import type { PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { count, offset, plural, signed } from '../format.ts';
import { type GroupRow, groupRows } from '../group-rows.ts';
import { reasonCounts, worstReason } from '../order.ts';
import type { ReportModel } from '../report-model.ts';
import type { GroupStanding } from '../totals.ts';
import { REASON_WORDS } from '../words.ts';
import { type Case, type Detail, type Outcome, passed, restCase } from './junit-cases.ts';

/** By the totals' column: what is in place passes, whatever its proof; what is not in place never does. */
const OF_STANDINGS: Readonly<Record<GroupStanding, Outcome>> = {
  failed: 'failure',
  skipped: 'skipped',
  pending: 'skipped',
  planned: 'skipped',
  unselected: 'skipped',
  synced: 'passed',
};

const OF_READINESS: Readonly<Record<Readiness, Outcome>> = {
  'not-ready': 'failure',
  unknown: 'error',
  'not-asked': 'skipped',
  ready: 'passed',
};

const BADNESS: readonly Outcome[] = ['passed', 'skipped', 'error', 'failure'];

interface Judged {
  readonly row: GroupRow & { readonly ranked: NonNullable<GroupRow['ranked']> };
  readonly outcome: Outcome;
}

/** Worst first. What does not fit is one case, as bad as the worst in it. */
export function groupCases(model: ReportModel, detail: Detail): readonly Case[] {
  const judged = groupRows(model)
    .flatMap((row): Judged[] => {
      const { ranked } = row;
      return ranked === null ? [] : [{ row: { ...row, ranked }, outcome: outcomeOf(row, ranked.standing) }];
    })
    .sort((a, b) => badness(b) - badness(a));
  const rest = judged.slice(detail.groups);
  const shown = judged.slice(0, detail.groups).map((one) => caseOf(one, detail));
  const [worst] = rest;
  if (worst === undefined) return shown;
  const { outcome, row } = worst;
  return [...shown, restCase({ outcome, type: typeOf(outcome, row) }, plural(rest.length, 'more group'))];
}

function outcomeOf({ said, readiness }: GroupRow, standing: GroupStanding): Outcome {
  return said.by === 'gate' && readiness !== null ? OF_READINESS[readiness.verdict] : OF_STANDINGS[standing];
}

function typeOf(outcome: Outcome, { said }: GroupRow): string {
  return outcome === 'passed' ? '' : said.word;
}

function badness({ outcome }: Judged): number {
  return BADNESS.indexOf(outcome);
}

function caseOf({ row, outcome }: Judged, detail: Detail): Case {
  const { ranked, readiness, said } = row;
  const { group } = ranked;
  if (outcome === 'passed') return passed(group.groupId);
  const reason = worstReason(group);
  const words = reason === null ? null : REASON_WORDS[reason];
  const ofReason = said.word === 'planned' ? undefined : words?.meaning;
  const message = (said.by === 'gate' ? readiness?.why : undefined) ?? ofReason ?? said.term.meaning;
  const reasons = reasonCounts([group]).map(([word, times]) => `${word}: ${plural(times, 'partition')}`);
  const next = words === null ? [] : [words.next];
  return {
    name: group.groupId,
    outcome,
    type: typeOf(outcome, row),
    message,
    lines: [message, ...next, reasons.join(', '), ...partitionLines(group.partitions, detail.partitions)],
  };
}

function partitionLines(partitions: readonly PartitionOutcome[], max: number): readonly string[] {
  const troubled = partitions.filter(({ verdict }) => verdict !== 'committed' && verdict !== 'unchanged');
  const rest = troubled.length - max;
  return [
    ...troubled.slice(0, max).map(partitionLine),
    ...(rest > 0 ? [`and ${count(rest)} more ${rest === 1 ? 'partition' : 'partitions'}`] : []),
  ];
}

function partitionLine(one: PartitionOutcome): string {
  const reason = one.reason === null ? '' : ` (${one.reason})`;
  const offsets = `source ${offset(one.sourceCommitted)}, translated ${offset(one.translated)}, target ${offset(one.targetAfter)}, delta ${signed(one.delta)}`;
  return `${one.topic}/${one.partition}: ${one.verdict}${reason}; ${offsets}${one.detail === null ? '' : `; ${one.detail}`}`;
}

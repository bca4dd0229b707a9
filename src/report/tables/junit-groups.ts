/** Consumer groups as test cases. */
import type { GroupReadiness } from '../../domain/cutover/group-readiness.ts';
import type { PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { count, offset, plural, signed } from '../format.ts';
import { type RankedGroup, reasonCounts, worstFirst, worstReason } from '../order.ts';
import type { ReportModel } from '../report-model.ts';
import type { GroupStanding } from '../totals.ts';
import { REASON_WORDS, STANDING_WORDS } from '../words.ts';
import { type Case, type Detail, type Outcome, passed, restCase } from './junit-cases.ts';

interface Verdict {
  readonly outcome: Outcome;
  readonly type: string;
}

const PASSED: Verdict = { outcome: 'passed', type: '' };

const OF_STANDINGS: Readonly<Record<GroupStanding, Verdict>> = {
  failed: { outcome: 'failure', type: 'failed' },
  skipped: { outcome: 'skipped', type: 'skipped' },
  pending: { outcome: 'skipped', type: 'pending' },
  unselected: { outcome: 'skipped', type: 'not-selected' },
  planned: PASSED,
  synced: PASSED,
};

const OF_READINESS: Readonly<Record<GroupReadiness['verdict'], Verdict>> = {
  'not-ready': { outcome: 'failure', type: 'not-ready' },
  unknown: { outcome: 'error', type: 'unknown' },
  'not-asked': { outcome: 'skipped', type: 'not-asked' },
  ready: PASSED,
};

const BADNESS: readonly Outcome[] = ['passed', 'skipped', 'error', 'failure'];

interface Judged {
  readonly ranked: RankedGroup;
  readonly readiness: GroupReadiness | undefined;
  readonly verdict: Verdict;
}

/** Worst first. What does not fit is one case, as bad as the worst in it. */
export function groupCases(model: ReportModel, detail: Detail): readonly Case[] {
  const readiness = new Map(model.readiness.map((one) => [one.groupId, one]));
  const judged = worstFirst(model.groups)
    .map((ranked): Judged => {
      const own = readiness.get(ranked.group.groupId);
      return { ranked, readiness: own, verdict: verdictOf(ranked, own) };
    })
    .sort((a, b) => badness(b.verdict) - badness(a.verdict));
  const rest = judged.slice(detail.groups);
  const shown = judged.slice(0, detail.groups).map((one) => caseOf(one, detail));
  const [worst] = rest;
  return worst === undefined ? shown : [...shown, restCase(worst.verdict, plural(rest.length, 'more group'))];
}

/** A commit that failed is a failure whatever the gate says; else the gate knows more where it was asked. */
function verdictOf({ standing }: RankedGroup, readiness: GroupReadiness | undefined): Verdict {
  const own = OF_STANDINGS[standing];
  return readiness === undefined || own.outcome === 'failure' ? own : OF_READINESS[readiness.verdict];
}

function badness({ outcome }: Verdict): number {
  return BADNESS.indexOf(outcome);
}

function caseOf({ ranked, readiness, verdict }: Judged, detail: Detail): Case {
  const { group } = ranked;
  if (verdict.outcome === 'passed') return passed(group.groupId);
  const reason = worstReason(group);
  const words = reason === null ? null : REASON_WORDS[reason];
  const message = readiness?.why ?? words?.meaning ?? STANDING_WORDS[ranked.standing].meaning;
  const reasons = reasonCounts([group]).map(([word, times]) => `${word}: ${plural(times, 'partition')}`);
  const next = words === null ? [] : [words.next];
  return {
    name: group.groupId,
    ...verdict,
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

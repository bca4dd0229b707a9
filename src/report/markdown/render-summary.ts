/**
 * The job summary. GitHub refuses more than 1 MiB a step, so detail is given up by steps until it fits: all
 * partitions → partitions of troubled groups → groups only → as many groups as fit, worst first → totals only.
 */
import { utf8Length } from '../escape.ts';
import { plural } from '../format.ts';
import { type RankedGroup, worstFirst } from '../order.ts';
import type { ReportModel } from '../report-model.ts';
import { computeTotals } from '../totals.ts';
import { blocks, code, heading, lines, type Markup, md, NOTHING } from './markdown.ts';
import { checksSection } from './summary-checks.ts';
import { groupRow, groupTableHead, partitionsOf } from './summary-groups.ts';
import {
  connectorsSection,
  errorsSection,
  findingsSection,
  legend,
  passesSection,
  reasonsSection,
} from './summary-sections.ts';
import { facts, title, totalsSection } from './summary-top.ts';

/** GitHub's limit is 1 MiB; what is left over is for masks, which can be longer than what they hide. */
export const SUMMARY_BUDGET_BYTES = 1_000_000;

/** Blank lines between the blocks, and the last line feed. */
const SEAM_BYTES = 16;

export interface SummaryOptions {
  readonly budgetBytes?: number;
  /** `label` input; shown unless it is `default`. */
  readonly label?: string;
  /** False when the run left no report.json. */
  readonly reportJsonExists?: boolean;
}

export type Detail = 'all-partitions' | 'troubled-partitions' | 'groups' | 'some-groups' | 'totals';

export interface Summary {
  readonly markdown: string;
  readonly detail: Detail;
}

export function renderSummary(model: ReportModel, options: SummaryOptions = {}): Summary {
  const budget = options.budgetBytes ?? SUMMARY_BUDGET_BYTES;
  const totals = computeTotals(model.groups);
  const top = [
    title(model, totals, options.label ?? 'default'),
    errorsSection(model),
    facts(model),
    checksSection(model),
    totalsSection(totals),
  ];
  const head = blocks([...top, connectorsSection(model)]);
  const pointer = options.reportJsonExists === false ? NOTHING : reportPointer(model);
  const foot = blocks([reasonsSection(model), findingsSection(model), passesSection(model), legend(model), pointer]);
  const left = budget - utf8Length(head.source) - utf8Length(foot.source) - SEAM_BYTES;
  const groups = groupsWithin(worstFirst(model.groups), model.source !== null, left);
  if (groups === null) return { markdown: cutAtLine(blocks([...top, pointer]).source, budget), detail: 'totals' };
  return { markdown: `${blocks([head, groups.section, foot]).source}\n`, detail: groups.detail };
}

interface GroupsSection {
  readonly section: Markup;
  readonly detail: Detail;
}

/** The most detailed form of the groups within the bytes; null when not even one row fits. */
function groupsWithin(groups: readonly RankedGroup[], sourceKnown: boolean, bytes: number): GroupsSection | null {
  if (bytes < 0) return null;
  if (groups.length === 0) return { section: NOTHING, detail: 'all-partitions' };
  const rows = groups.map(groupRow);
  const troubled = groups.filter((ranked) => ranked.troubled);
  const forms: readonly (readonly [Detail, readonly RankedGroup[]])[] = [
    ['all-partitions', groups],
    ['troubled-partitions', troubled],
    ['groups', []],
  ];
  for (const [detail, withPartitions] of forms) {
    const section = wholeSection(rows, withPartitions, sourceKnown, bytes);
    if (section !== null) return { section, detail };
  }
  const section = cappedSection(rows, bytes);
  return section === null ? null : { section, detail: 'some-groups' };
}

/** All rows, then the partitions of the given groups; null as soon as it is too long. */
function wholeSection(
  rows: readonly Markup[],
  withPartitions: readonly RankedGroup[],
  sourceKnown: boolean,
  bytes: number,
): Markup | null {
  const note = partitionsNote(rows.length, withPartitions.length);
  const room = new Room(bytes);
  const table = [...tableTop(), ...rows];
  if (!table.every((row) => room.take(row)) || !room.take(note)) return null;
  const partitions: Markup[] = [];
  for (const ranked of withPartitions) {
    const block = partitionsOf(ranked, sourceKnown);
    if (!room.take(block)) return null;
    partitions.push(block);
  }
  return blocks([lines(table), ...partitions, note]);
}

/** As many rows as fit, and how many are missing. */
function cappedSection(rows: readonly Markup[], bytes: number): Markup | null {
  const note = (missing: number) =>
    md`+${plural(missing, 'more group')}, see report.json. Partitions are left out for their size.`;
  const room = new Room(bytes);
  const table = [...tableTop()];
  if (!table.every((row) => room.take(row)) || !room.take(note(rows.length))) return null;
  const firstTooLong = rows.findIndex((row) => !room.take(row));
  const shown = firstTooLong === -1 ? rows : rows.slice(0, firstTooLong);
  return shown.length === 0 ? null : blocks([lines([...table, ...shown]), note(rows.length - shown.length)]);
}

function tableTop(): readonly Markup[] {
  return [heading(3, 'Consumer groups'), NOTHING, groupTableHead()];
}

function partitionsNote(groupCount: number, withPartitions: number): Markup {
  if (withPartitions === groupCount) return NOTHING;
  if (withPartitions === 0) return md`Partitions are left out here for their size, see report.json.`;
  return md`Partitions are shown for the groups that need attention; all are in report.json.`;
}

function reportPointer({ groups }: ReportModel): Markup {
  const what = groups.length === 0 ? 'The whole report' : 'Every group and partition';
  return md`${what} is in report.json (output ${code('report-json')}); upload that file to keep it.`;
}

/** The last resort for a small budget and very long errors. */
function cutAtLine(source: string, budget: number): string {
  const room = new Room(budget);
  const all = source.split('\n');
  const firstTooLong = all.findIndex((line) => !room.takeBytes(utf8Length(line) + 1));
  return `${(firstTooLong === -1 ? all : all.slice(0, firstTooLong)).join('\n')}\n`;
}

/** Bytes that are left. */
class Room {
  #bytes: number;
  constructor(bytes: number) {
    this.#bytes = bytes;
  }
  /** A block with a blank line before it. */
  take(block: Markup): boolean {
    return this.takeBytes(utf8Length(block.source) + 2);
  }
  takeBytes(bytes: number): boolean {
    this.#bytes -= bytes;
    return this.#bytes >= 0;
  }
}

/** The consumer groups in as much detail as fits into a number of bytes. Rows are written only as far as they are needed. */
import { utf8Length } from '../escape.ts';
import { plural } from '../format.ts';
import type { ReportModel } from '../report-model.ts';
import { WHOLE_REPORT } from './left-out.ts';
import { blocks, details, heading, lines, type Markup, md, NOTHING } from './markdown.ts';
import { groupRow, groupTableHead, partitionsOf, type SummaryRow, summaryRows } from './summary-groups.ts';

export type Detail = 'all-partitions' | 'troubled-partitions' | 'groups' | 'some-groups' | 'totals';

export interface GroupsSection {
  readonly section: Markup;
  readonly detail: Detail;
  /** What is not shown, in words. */
  readonly leftOut: readonly string[];
  /** Whether it says enough for shorter lists elsewhere not to be the better choice. */
  readonly enough: boolean;
}

/** Rows below which other sections are shortened first, as long as there are so many. */
const ENOUGH_ROWS = 20;
const ENOUGH_TROUBLED_ROWS = 100;
const MAX_QUIET_FOLDS = 3;

export class GroupTable {
  readonly #rows: readonly SummaryRow[];
  readonly #troubled: readonly SummaryRow[];
  readonly #sourceKnown: boolean;
  readonly #written: Markup[] = [];

  constructor(model: ReportModel) {
    this.#rows = summaryRows(model);
    this.#troubled = this.#rows.filter(({ troubled }) => troubled);
    this.#sourceKnown = model.source !== null;
  }

  /** The most detailed form within the bytes; null when not even one row fits. */
  within(bytes: number): GroupsSection | null {
    if (bytes < 0) return null;
    if (this.#rows.length === 0) return { section: NOTHING, detail: 'all-partitions', leftOut: [], enough: true };
    return (
      this.#whole('all-partitions', this.#rows, [], bytes) ??
      this.#whole('troubled-partitions', this.#troubled, [this.#partitionsOfOthers()], bytes) ??
      this.#whole('groups', [], ['the partitions of the groups'], bytes) ??
      this.#capped(bytes)
    );
  }

  /** All rows, then the partitions of the given groups; null as soon as it is too long. */
  #whole(
    detail: Detail,
    withPartitions: readonly SummaryRow[],
    leftOut: readonly string[],
    bytes: number,
  ): GroupsSection | null {
    const room = new Room(bytes);
    const rows: Markup[] = [...this.#top()];
    if (!rows.every((row) => room.take(row))) return null;
    for (let index = 0; index < this.#rows.length; index++) {
      const row = this.#row(index);
      if (!room.take(row)) return null;
      rows.push(row);
    }
    const partitions: Markup[] = [];
    const quiet: Markup[] = [];
    for (const row of withPartitions) {
      const block = partitionsOf(row, this.#sourceKnown);
      if (!room.take(block)) return null;
      (row.troubled ? partitions : quiet).push(block);
    }
    return { section: blocks([lines(rows), ...partitions, ...folded(quiet)]), detail, leftOut, enough: true };
  }

  /** As many rows as fit, and how many are missing. */
  #capped(bytes: number): GroupsSection | null {
    const note = (missing: number) => md`${plural(missing, 'more group')} in ${WHOLE_REPORT}.`;
    const room = new Room(bytes);
    const rows = [...this.#top()];
    if (!rows.every((row) => room.take(row)) || !room.take(note(this.#rows.length))) return null;
    let shown = 0;
    while (shown < this.#rows.length && room.take(this.#row(shown))) shown++;
    if (shown === 0) return null;
    const missing = this.#rows.length - shown;
    const enough = Math.max(ENOUGH_ROWS, Math.min(this.#troubled.length, ENOUGH_TROUBLED_ROWS));
    return {
      section: blocks([lines([...rows, ...this.#written.slice(0, shown)]), note(missing)]),
      detail: 'some-groups',
      leftOut: [plural(missing, 'group'), 'all partitions'],
      enough: shown >= enough,
    };
  }

  #row(index: number): Markup {
    const row = this.#rows[index];
    this.#written[index] ??= row === undefined ? NOTHING : groupRow(row, this.#sourceKnown);
    return this.#written[index] ?? NOTHING;
  }

  #top(): readonly Markup[] {
    return [heading(3, 'Consumer groups'), NOTHING, groupTableHead(this.#sourceKnown)];
  }

  #partitionsOfOthers(): string {
    return `the partitions of ${plural(this.#rows.length - this.#troubled.length, 'group')} that need no attention`;
  }
}

/** What needs no attention takes one line. */
function folded(blocksOfGroups: readonly Markup[]): readonly Markup[] {
  if (blocksOfGroups.length <= MAX_QUIET_FOLDS) return blocksOfGroups;
  return [details(`Partitions of ${plural(blocksOfGroups.length, 'more group')}`, blocks(blocksOfGroups))];
}

/** Bytes that are left. */
class Room {
  #bytes: number;
  constructor(bytes: number) {
    this.#bytes = bytes;
  }
  /** A block with a blank line before it. */
  take(block: Markup): boolean {
    this.#bytes -= utf8Length(block.source) + 2;
    return this.#bytes >= 0;
  }
}

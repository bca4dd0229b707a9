/**
 * The job summary. GitHub refuses more than 1 MiB a step, so detail is given up by steps until it fits: all
 * partitions → partitions of troubled groups → groups only → as many groups as fit, worst first → shorter lists of
 * everything else (ladder.ts) → totals only. What is left out is said at the top, and where it is.
 */
import { utf8Length } from '../escape.ts';
import type { ReportModel } from '../report-model.ts';
import { computeTotals, type Totals } from '../totals.ts';
import { type Detail, type GroupsSection, GroupTable } from './group-table.ts';
import { type Caps, LADDER, WIDE } from './ladder.ts';
import { WHOLE_REPORT } from './left-out.ts';
import { blocks, code, link, type Markup, md, NOTHING } from './markdown.ts';
import { checksSection } from './summary-checks.ts';
import { connectorsSection } from './summary-connectors.ts';
import { passesSection } from './summary-passes.ts';
import { errorsSection, findingsSection, legend, reasonsSection } from './summary-sections.ts';
import { artifactsOf, facts, title, totalsSection } from './summary-top.ts';

export type { Detail } from './group-table.ts';

/** GitHub's limit is 1 MiB; what is left over is for masks, which can be longer than what they hide. */
export const SUMMARY_BUDGET_BYTES = 1_000_000;

/** Blank lines between the blocks, the note of what is left out, and the last line feed. */
const SEAM_BYTES = 1_000;

export interface SummaryOptions {
  readonly budgetBytes?: number;
  /** `label` input; shown unless it is `default`. */
  readonly label?: string;
  /** Page of the run; null outside of GitHub. */
  readonly runUrl?: string | null;
  /** False when the run left no report.json. */
  readonly reportJsonExists?: boolean;
}

export interface Summary {
  readonly markdown: string;
  readonly detail: Detail;
}

export function renderSummary(model: ReportModel, options: SummaryOptions = {}): Summary {
  const budget = options.budgetBytes ?? SUMMARY_BUDGET_BYTES;
  const frame = new Frame(model, options);
  const table = new GroupTable(model);
  for (const caps of LADDER) {
    const { head, foot } = frame.around(caps);
    const left = budget - utf8Length(head.source) - utf8Length(foot.source) - SEAM_BYTES;
    const groups = table.within(left);
    if (groups === null || (caps !== LADDER.at(-1) && !groups.enough)) continue;
    const note = frame.shortened(groups, caps);
    const markdown = `${blocks([frame.top, note, head, groups.section, foot]).source}\n`;
    if (utf8Length(markdown) <= budget) return { markdown, detail: groups.detail };
  }
  return { markdown: cutAtLine(frame.totalsOnly(), budget), detail: 'totals' };
}

/** All but the groups, which are fitted in between. */
class Frame {
  readonly #model: ReportModel;
  readonly #totals: Totals;
  readonly #runUrl: string | null;
  readonly #isKept: boolean;
  readonly top: Markup;

  constructor(model: ReportModel, { label = 'default', runUrl = null, reportJsonExists = true }: SummaryOptions) {
    this.#model = model;
    this.#totals = computeTotals(model.groups);
    this.#runUrl = runUrl;
    this.#isKept = reportJsonExists;
    this.top = title(model, this.#totals, label);
  }

  around(caps: Caps): { readonly head: Markup; readonly foot: Markup } {
    const model = this.#model;
    const connectors = connectorsSection(model, caps);
    const groups = [totalsSection(this.#totals, model.command), reasonsSection(model, caps)];
    const isOfConnectors = model.command === 'plan' || model.command === 'apply';
    return {
      head: blocks([
        errorsSection(model, caps),
        facts(model, this.#runUrl),
        checksSection(model, caps),
        ...(isOfConnectors ? [connectors, ...groups] : [...groups, connectors]),
      ]),
      foot: blocks([findingsSection(model, caps), passesSection(model, caps), legend(model, caps), this.#pointer()]),
    };
  }

  /** Where everything is shown nothing is said. */
  shortened({ leftOut }: GroupsSection, caps: Caps): Markup {
    const what = [...leftOut, ...(caps === WIDE ? [] : ['some of the longer lists'])];
    if (what.length === 0) return NOTHING;
    return md`Shortened to fit here. Left out: ${what.join('; ')}. ${this.#where('They are')}`;
  }

  totalsOnly(): string {
    const [least = WIDE] = LADDER.slice(-1);
    const model = this.#model;
    const note = md`Shortened to fit here: only the totals. ${this.#where('The rest is')}`;
    const top = [this.top, errorsSection(model, least), facts(model, this.#runUrl), note];
    return blocks([...top, checksSection(model, least), totalsSection(this.#totals, model.command)]).source;
  }

  #where(they: string): Markup {
    if (!this.#isKept) return NOTHING;
    return md`${they} in ${WHOLE_REPORT}${this.#runUrl === null ? NOTHING : this.#uploaded(this.#runUrl)}.`;
  }

  #uploaded(runUrl: string): Markup {
    return md`, among the ${link('artifacts of this run', artifactsOf(runUrl))} if the workflow uploads them`;
  }

  #pointer(): Markup {
    if (!this.#isKept) return NOTHING;
    const what = this.#model.groups.length === 0 ? 'The whole report' : 'Every group and partition';
    const where = this.#runUrl === null ? md`; upload their folder to keep them` : this.#uploaded(this.#runUrl);
    return md`${what} is in report.html, a page to search and sort, and in report.json (outputs ${code('report-html')} and ${code('report-json')})${where}.`;
  }
}

/** The last resort for a small budget and very long errors. */
function cutAtLine(source: string, budget: number): string {
  let left = budget;
  const all = source.split('\n');
  const firstTooLong = all.findIndex((line) => {
    left -= utf8Length(line) + 1;
    return left < 0;
  });
  return `${(firstTooLong === -1 ? all : all.slice(0, firstTooLong)).join('\n')}\n`;
}

/**
 * JUnit XML as GitLab, Jenkins and Buildkite read it: valid against the schema of Jenkins's xUnit plugin (junit-10.xsd)
 * and that of Ant's task alike. GitLab reads at most 30 MB and 250,000 parts of a file, hence the budget and the ladder:
 * first partitions go, then groups, the good ones first.
 */
import { clip, utf8Length } from '../escape.ts';
import type { ReportModel } from '../report-model.ts';
import { type Case, type Detail, junitSuites, type Outcome, type Suite } from './junit-cases.ts';
import { xmlAttributes, xmlLines } from './xml.ts';

export const JUNIT_BUDGET_BYTES = 8 * 1024 * 1024;

export interface JunitOptions {
  /** `label` input: in front of each suite's name unless it is `default`, so that several reports in a CI differ. */
  readonly label: string;
  readonly budgetBytes?: number;
}

interface Level extends Detail {
  /** Longest message and line, in characters. */
  readonly chars: number;
}

const LEVELS: readonly Level[] = [
  { groups: 10_000, partitions: 20, chars: 2_000 },
  { groups: 10_000, partitions: 3, chars: 1_000 },
  { groups: 10_000, partitions: 0, chars: 500 },
  { groups: 2_500, partitions: 0, chars: 300 },
  { groups: 100, partitions: 0, chars: 150 },
];

export function renderJunit(model: ReportModel, { label, budgetBytes = JUNIT_BUDGET_BYTES }: JunitOptions): string {
  let text = '';
  for (const level of LEVELS) {
    text = document(model, label, level);
    if (utf8Length(text) <= budgetBytes) break;
  }
  return text;
}

function document(model: ReportModel, label: string, level: Level): string {
  const prefix = label === 'default' ? model.command : `${label} ${model.command}`;
  const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(model.startedAt)?.[0] ?? '1970-01-01T00:00:00';
  const suites = junitSuites(model, level).map((suite, id) =>
    suiteXml(suite, { prefix, id, timestamp, seconds: id === 0 ? secondsOf(model) : 0, chars: level.chars }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

/** 0 where it is not known. */
function secondsOf({ startedAt, finishedAt }: ReportModel): number {
  const ms = finishedAt === null ? 0 : Date.parse(finishedAt) - Date.parse(startedAt);
  return ms > 0 && Number.isFinite(ms) ? ms / 1000 : 0;
}

interface SuiteFrame {
  readonly prefix: string;
  readonly id: number;
  readonly timestamp: string;
  readonly seconds: number;
  readonly chars: number;
}

function suiteXml({ name, cases }: Suite, { prefix, id, timestamp, seconds, chars }: SuiteFrame): string {
  const of = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
  const title = `${prefix}: ${name}`;
  const attributes = xmlAttributes({
    name: title,
    tests: cases.length,
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
    time: seconds.toFixed(3),
    timestamp,
    hostname: 'localhost',
    package: prefix,
    id,
  });
  const all = cases.map((one) => caseXml(one, title, chars)).join('');
  return `<testsuite${attributes}>\n<properties/>\n${all}<system-out/>\n<system-err/>\n</testsuite>\n`;
}

function caseXml({ name, outcome, type, message, lines }: Case, classname: string, chars: number): string {
  const head = `<testcase${xmlAttributes({ name, classname, time: 0 })}`;
  if (outcome === 'passed') return `${head}/>\n`;
  const short = clip(message, chars);
  // The schema of Ant's task has no type there.
  const words = xmlAttributes(outcome === 'skipped' ? { message: `${type}: ${short}` } : { message: short, type });
  const text = xmlLines(lines.filter((line) => line !== '').map((line) => clip(line, chars)));
  return `${head}><${outcome}${words}>${text}</${outcome}></testcase>\n`;
}

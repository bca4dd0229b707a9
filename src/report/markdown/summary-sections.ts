/** Sections of the summary that stay short whatever the number of groups: each list has a cap and says what it left out. */
import { changeWords, connectorDiff, stateWords } from '../connector-diff.ts';
import { count, duration, offsetDelta, plural } from '../format.ts';
import { reasonCounts } from '../order.ts';
import { placeWords } from '../place.ts';
import {
  type ConnectorReport,
  type ErrorReport,
  type Finding,
  type PassReport,
  type ReportModel,
  SEVERITIES,
} from '../report-model.ts';
import { GROUP_VERDICT_WORDS, PARTITION_VERDICT_WORDS, REASON_WORDS } from '../words.ts';
import {
  alert,
  blocks,
  bold,
  type Column,
  type Content,
  code,
  details,
  heading,
  join,
  list,
  type Markup,
  md,
  NOTHING,
  pre,
  table,
} from './markdown.ts';

const MAX_ERRORS = 20;
const MAX_CONNECTORS = 100;
const MAX_TRACES = 5;
const MAX_CHANGED_KEYS = 12;
const MAX_DIFFS = 10;
const MAX_DIFF_KEYS = 100;
const MAX_FINDINGS = 50;
/** Of many passes the first ones and the last ones tell the story. */
const FIRST_PASSES = 3;
const LAST_PASSES = 17;

export function errorsSection({ errors }: ReportModel): Markup {
  if (errors.length === 0) return NOTHING;
  const shown = errors.slice(0, MAX_ERRORS).map(errorLine);
  return alert('caution', [...shown, ...leftOut(errors.length - shown.length, 'error')]);
}

export function connectorsSection(model: ReportModel): Markup {
  const { connectors, command } = model;
  if (connectors.length === 0) return NOTHING;
  const shown = connectors.slice(0, MAX_CONNECTORS);
  const columns = ['Connector', 'Class', command === 'plan' ? 'Would be' : 'Done', 'State', 'Tasks'].map(titled);
  const traces = connectors.filter((connector) => connector.trace !== null).slice(0, MAX_TRACES);
  return blocks([
    heading(3, 'Connectors'),
    table(columns, shown.map(connectorRow)),
    ...leftOut(connectors.length - shown.length, 'connector'),
    ...diffs(model),
    planHashLine(model),
    ...traces.map(({ name, trace }) => details(md`Why ${code(name)} failed`, pre(trace ?? ''))),
  ]);
}

function diffs({ connectors }: ReportModel): Markup[] {
  const differ = connectors.filter(({ keys }) => keys.length > 0);
  const shown = differ.slice(0, MAX_DIFFS).map((connector) => {
    const { name, change, keys } = connector;
    const title = md`${code(name)}: ${change}, ${plural(keys.length, 'key')}`;
    return details(title, pre(connectorDiff(connector, MAX_DIFF_KEYS).join('\n')));
  });
  return [...shown, ...leftOut(differ.length - shown.length, 'changed connector')];
}

/** Whole and easy to copy, where somebody is about to approve it. */
function planHashLine({ planHash, command, errors }: ReportModel): Markup {
  const asked = command === 'plan' || errors.some((error) => error.code === 'PLAN_CHANGED');
  if (planHash === null || !asked) return NOTHING;
  return blocks([md`Plan hash, for ${code('approved-plan')}:`, pre(planHash)]);
}

/** What each reason that occurs means, and what to do: the reader need not look elsewhere. */
export function reasonsSection({ groups }: ReportModel): Markup {
  const rows = reasonCounts(groups).map(([reason, times]): Content[] => [
    reason,
    count(times),
    REASON_WORDS[reason].meaning,
    REASON_WORDS[reason].next,
  ]);
  if (rows.length === 0) return NOTHING;
  const columns: Column[] = [
    titled('Reason'),
    { title: 'Partitions', align: 'right' },
    titled('What it means'),
    titled('What to do'),
  ];
  return blocks([heading(3, 'What the reasons mean'), table(columns, rows)]);
}

export function findingsSection({ findings: all }: ReportModel): Markup {
  const findings = all.filter(({ silenced }) => silenced === undefined);
  return blocks([openFindings(findings), silencedFindings(all.filter(({ silenced }) => silenced !== undefined))]);
}

function openFindings(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return NOTHING;
  const sorted = [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const shown = sorted.slice(0, MAX_FINDINGS);
  return blocks([
    heading(3, 'Findings'),
    table(['Severity', 'Where', 'What was found', 'What to do', 'Rule'].map(titled), shown.map(findingRow)),
    ...leftOut(findings.length - shown.length, 'finding'),
  ]);
}

function silencedFindings(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return NOTHING;
  const shown = findings.slice(0, MAX_FINDINGS);
  const rows = shown.map(({ where, message, rule, at, silenced }): Content[] => [
    code(at === undefined ? where : placeWords(at)),
    message,
    rule,
    silenced ?? '',
  ]);
  const body = blocks([
    table(['Where', 'What was found', 'Rule', 'Why it is silenced'].map(titled), rows),
    ...leftOut(findings.length - shown.length, 'finding'),
  ]);
  return details(md`${plural(findings.length, 'silenced finding')}`, body);
}

export function passesSection({ passes }: ReportModel): Markup {
  if (passes.length === 0) return NOTHING;
  const cap = FIRST_PASSES + LAST_PASSES;
  const shown = passes.length <= cap ? passes : [...passes.slice(0, FIRST_PASSES), ...passes.slice(-LAST_PASSES)];
  const names = ['Pass', 'Took', 'Committed', 'Planned', 'Unchanged', 'Pending', 'Skipped', 'Failed', 'Offset delta'];
  const columns = names.map((title): Column => ({ title, align: 'right' }));
  const body = blocks([table(columns, shown.map(passRow)), ...leftOut(passes.length - shown.length, 'pass', 'passes')]);
  return details(md`${plural(passes.length, 'pass', 'passes')} (numbers of group partitions)`, body);
}

/** The words of the tables above, for who meets them for the first time. */
export function legend({ groups }: ReportModel): Markup {
  if (groups.length === 0) return NOTHING;
  const words = (entries: Readonly<Record<string, string>>) =>
    list(Object.entries(entries).map(([word, meaning]) => md`${bold(word)}: ${meaning}`));
  return details(
    'How to read this',
    blocks([
      md`Offset delta is the translated offset minus the one committed on the target: 0 is in place, a plus sign means that the target is behind. A dash is what is not known.`,
      md`How: ${bold('exact')} is proven by comparing records and reads nothing again, ${bold('bounded')} skips nothing and reads at most so many again, ${bold('checkpoint')} is the word of MirrorMaker 2.`,
      md`Verdicts of a group:`,
      words(GROUP_VERDICT_WORDS),
      md`Verdicts of a partition:`,
      words(PARTITION_VERDICT_WORDS),
    ]),
  );
}

function errorLine({ code: errorCode, message, hint }: ErrorReport): Markup {
  return hint === null
    ? md`${bold(errorCode)} ${message}`
    : md`${bold(errorCode)} ${message} ${bold('What to do:')} ${hint}`;
}

function connectorRow(connector: ConnectorReport): Content[] {
  return [
    code(connector.name),
    code(connector.class.slice(connector.class.lastIndexOf('.') + 1)),
    changed(connector),
    stateWords(connector),
    taskWords(connector),
  ];
}

/** `update: tasks.max, topics`. */
function changed(connector: ConnectorReport): Content {
  const { change, changedKeys } = connector;
  if (changedKeys.length === 0) return changeWords(connector);
  const shown: Content[] = changedKeys.slice(0, MAX_CHANGED_KEYS).map(code);
  const rest = changedKeys.length - shown.length;
  return md`${change}: ${join(rest > 0 ? [...shown, plural(rest, 'more key')] : shown, ', ')}`;
}

/** `4 RUNNING, 1 FAILED`. */
function taskWords({ tasks }: ConnectorReport): string {
  const states = [...new Set(tasks.map((task) => task.state))].sort();
  return states.map((state) => `${tasks.filter((task) => task.state === state).length} ${state}`).join(', ') || '–';
}

function findingRow({ severity, where, message, hint, rule, at }: Finding): Content[] {
  const place = at === undefined ? code(where) : md`${code(where)} (${code(placeWords(at))})`;
  return [severity, place, message, hint, rule];
}

function passRow(pass: PassReport): Content[] {
  const { committed, planned, unchanged, pending, skipped, failed } = pass;
  const counts = [committed, planned, unchanged, pending, skipped, failed].map(count);
  return [pass.number, duration(pass.durationMs), ...counts, offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown)];
}

function leftOut(number: number, one: string, many?: string): Markup[] {
  return number > 0 ? [md`${plural(number, one, many)} more in report.json.`] : [];
}

function titled(title: string): Column {
  return { title };
}

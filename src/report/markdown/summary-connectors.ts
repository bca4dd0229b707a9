/** The connectors: what would be, or was, done to each, and what differs as a diff. */
import { changeWords, connectorDiff, stateWords } from '../connector-diff.ts';
import { weightiest } from '../connector-order.ts';
import { plural } from '../format.ts';
import type { ConnectorReport, ReportModel } from '../report-model.ts';
import type { Caps } from './ladder.ts';
import { leftOut } from './left-out.ts';
import {
  blocks,
  type Content,
  code,
  codeBlock,
  details,
  heading,
  join,
  type Markup,
  md,
  NOTHING,
  pre,
  table,
} from './markdown.ts';

const MAX_CHANGED_KEYS = 12;
/** In a plan somebody is about to approve what is short enough to be read. */
const MAX_OPEN_DIFFS = 5;
const MAX_OPEN_LINES = 20;

export function connectorsSection(model: ReportModel, caps: Caps): Markup {
  const { connectors, command } = model;
  if (connectors.length === 0) return NOTHING;
  const shown = weightiest(connectors, caps.connectors);
  const columns = ['Connector', 'Class', command === 'plan' ? 'Would be' : 'Done', 'State', 'Tasks'];
  const titles = columns.map((title) => ({ title }));
  const traces = connectors.filter(({ trace }) => trace !== null).slice(0, caps.traces);
  return blocks([
    heading(3, 'Connectors'),
    table(titles, shown.map(connectorRow)),
    ...leftOut(connectors.length - shown.length, 'connector'),
    ...diffs(model, caps),
    planHashLine(model),
    ...traces.map(({ name, trace }) => details(md`Why ${code(name)} failed`, pre(trace ?? ''))),
  ]);
}

function diffs({ connectors, command }: ReportModel, caps: Caps): Markup[] {
  const differ = connectors.filter(({ keys }) => keys.length > 0);
  const shown = weightiest(differ, caps.diffs).map((connector, index) => {
    const { name, change, keys } = connector;
    const title = md`${code(name)}: ${change}, ${plural(keys.length, 'key')}`;
    const diff = connectorDiff(connector, caps.diffKeys);
    const isOpen = command === 'plan' && index < MAX_OPEN_DIFFS && diff.length <= MAX_OPEN_LINES;
    return details(title, codeBlock('diff', diff), isOpen ? 'open' : 'closed');
  });
  return [...shown, ...leftOut(differ.length - shown.length, 'changed connector')];
}

/** Whole and easy to copy, where somebody is about to approve it. */
function planHashLine({ planHash, command, errors }: ReportModel): Markup {
  const asked = command === 'plan' || errors.some((error) => error.code === 'PLAN_CHANGED');
  if (planHash === null || !asked) return NOTHING;
  return blocks([md`Plan hash, for ${code('approved-plan')}:`, pre(planHash)]);
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

/** `update: tasks.max, topics`; only how many keys where a diff below names them. */
function changed(connector: ConnectorReport): Content {
  const { change, changedKeys, keys } = connector;
  if (changedKeys.length === 0) return changeWords(connector);
  if (keys.length > 0) return `${change}, ${plural(changedKeys.length, 'key')}`;
  const shown: Content[] = changedKeys.slice(0, MAX_CHANGED_KEYS).map(code);
  const rest = changedKeys.length - shown.length;
  return md`${change}: ${join(rest > 0 ? [...shown, plural(rest, 'more key')] : shown, ', ')}`;
}

/** `4 RUNNING, 1 FAILED`. */
function taskWords({ tasks }: ConnectorReport): string {
  const states = [...new Set(tasks.map((task) => task.state))].sort();
  return states.map((state) => `${tasks.filter((task) => task.state === state).length} ${state}`).join(', ') || '–';
}

/** What the dashboard and the rules ask of Prometheus. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const DEPLOY = new URL('../../../deploy/', import.meta.url);

export interface Asked {
  /** Panel, rule or variable. */
  readonly where: string;
  readonly expression: string;
}

export interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string | { readonly query: string };
}

export interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
}

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function dashboard(): Dashboard {
  return JSON.parse(text('grafana/MM2-dashboard-1.json')) as Dashboard;
}

export function rules(file: 'recording' | 'alerts'): readonly Rule[] {
  const { groups } = parse(text(`prometheus/rules/${file}.yml`)) as { groups: { rules: Rule[] }[] };
  return groups.flatMap((group) => group.rules);
}

/** As Grafana sends them with every variable at "All". */
export function panelExpressions(): readonly Asked[] {
  return targetsOfPanels().map(({ where, expression }) => ({ where, expression: filledIn(expression) }));
}

/** Those that a variable filters, with one value chosen. */
export function expressionsBy(variable: 'topic' | 'group', value: string): readonly Asked[] {
  return targetsOfPanels()
    .filter(({ expression }) => expression.includes(`"$${variable}"`))
    .map(({ where, expression }) => ({ where, expression: filledIn(expression, { [variable]: value }) }));
}

function targetsOfPanels(): readonly Asked[] {
  return dashboard().panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ where: `${title} ${refId}`, expression: expr })),
  );
}

export function recordingExpressions(): readonly Asked[] {
  return rules('recording').map(({ record = '', expr }) => ({ where: record, expression: expr }));
}

/**
 * What alerts compare: without the threshold, which keeps an alert silent while all is well, and without `absent`, which
 * turns the very presence of data around.
 */
export function alertOperands(): readonly Asked[] {
  return rules('alerts').map(({ alert = '', expr }) => ({
    where: alert,
    expression: expr.replaceAll(/ (?:==|>=|>) [0-9]+/g, '').replace(/^absent\((.*)\)$/, '$1'),
  }));
}

/** `label_values(selector, label)` of each variable that asks. */
export function variableQueries(): readonly {
  readonly name: string;
  readonly selector: string;
  readonly label: string;
}[] {
  return dashboard()
    .templating.list.filter(({ type }) => type === 'query')
    .map(({ name, query }) => {
      const asked = typeof query === 'string' ? query : query.query;
      const found = /^label_values\((.+), (\w+)\)$/.exec(asked);
      if (found === null) throw new Error(`variable ${name}: ${asked} is not label_values(selector, label)`);
      return { name, selector: filledIn(found[1] ?? ''), label: found[2] ?? '' };
    });
}

function filledIn(expression: string, chosen: Readonly<Record<string, string>> = {}): string {
  return expression
    .replaceAll('$__rate_interval', '1m')
    .replaceAll(/\$(cluster|connector|topic|group|label)\b/g, (_, name: string) => {
      const value = chosen[name];
      return value === undefined ? '.*' : escaped(value);
    });
}

/** As Grafana writes a chosen value into a pattern within quotes. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\\\\\').replaceAll(/[$^*{}[\]+?.()|]/g, '\\\\$&');
}

function text(path: string): string {
  return readFileSync(new URL(path, DEPLOY), 'utf8');
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COLUMN_UNITS, PANEL_UNITS } from './panel-units.ts';

const deploy = (path: string) => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: Thresholds;
      readonly custom?: { readonly thresholdsStyle?: { readonly mode: string } };
    };
    readonly overrides: readonly Override[];
  };
}

interface Override {
  readonly matcher: { readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

interface Thresholds {
  readonly steps: readonly { readonly color: string; readonly value: number | null }[];
}

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

const dashboard = JSON.parse(deploy('grafana/MM2-dashboard-1.json')) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const { groups } = parse(deploy('prometheus/rules/alerts.yml')) as {
  groups: { rules: Alert[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);

describe('the dashboard', () => {
  it('has a row for each theme', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual([
      'Health',
      'Replication',
      'Consumer-group offsets',
      'Readiness (metrics of the action)',
      'Heartbeats',
      'Workers',
      'JVM',
    ]);
  });

  it('has only panel types that Grafana still has', () => {
    expect(new Set(panels.map(({ type }) => type))).toEqual(new Set(['stat', 'timeseries', 'table']));
  });

  it('can be filtered by cluster, connector, topic and group', () => {
    const variables = dashboard.templating.list.map(({ name }) => name);
    expect(variables).toEqual(['datasource', 'cluster', 'connector', 'topic', 'group', 'label']);
    const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join('\n');
    for (const name of variables.slice(1)) expect(asked).toContain(`"$${name}"`);
  });

  it('asks the data source that the variable names, in every panel', () => {
    const sources = panels.flatMap(({ targets = [] }) => targets.map(({ datasource }) => datasource.uid));
    expect(sources.length).toBeGreaterThan(panels.length);
    expect(sources.filter((uid) => !/^\$\{datasource\}$/.test(uid))).toEqual([]);
  });

  it('says of every panel what it shows', () => {
    expect(panels.filter(({ description = '' }) => description === '').map(({ title }) => title)).toEqual([]);
  });

  it('counts records where records are meant, and times where times are', () => {
    const units = panels.map(({ title, fieldConfig }) => [title, fieldConfig?.defaults.unit]);
    expect(Object.fromEntries(units)).toEqual(PANEL_UNITS);
  });

  it('gives the columns of a table units of their own, where they differ', () => {
    const tables = panels.filter(({ type }) => type === 'table');
    const unitsOf = ({ fieldConfig }: Panel) =>
      (fieldConfig?.overrides ?? []).flatMap(({ matcher, properties }) =>
        properties.filter(({ id }) => id === 'unit').map(({ value }) => [matcher.options, value]),
      );
    const columns = tables.map((panel) => [panel.title, Object.fromEntries(unitsOf(panel))]);
    expect(Object.fromEntries(columns)).toEqual(COLUMN_UNITS);
  });

  it('has no two panels in one place or with one id', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    expect(Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.x + gridPos.w))).toBe(24);
  });

  it('has a successor of each panel of the old one', () => {
    const exprOf = (title: string) => panels.find((panel) => panel.title === title)?.targets?.[0]?.expr ?? '';
    const successors: Readonly<Record<string, string>> = {
      'Replication latency': 'mm2:replication_latency_ms:topic',
      'Record lag by topic': 'mm2:record_lag:topic',
      'Record age': 'kafka_connect_mirror_source_connector_record_age_ms_avg',
      'Fetch latency': 'kafka_consumer_fetch_manager_fetch_latency_avg',
      'Records in flight': 'kafka_connect_source_task_source_record_active_count',
      'Bytes read from the source': 'kafka_consumer_incoming_byte_total',
    };
    for (const [title, metric] of Object.entries(successors)) expect(exprOf(title)).toContain(metric);
  });
});

describe('alerts', () => {
  it('each have a panel that shows them', () => {
    const titles = panels.map(({ title }) => title);
    expect(alerts.filter(({ annotations }) => !titles.includes(annotations['panel'] ?? ''))).toEqual([]);
  });

  it('are not hidden where their panel counts nothing: 0 of nothing is a value', () => {
    const titles = new Set(alerts.map(({ annotations }) => annotations['panel']));
    const counters = panels.filter(({ type, title }) => type === 'stat' && titles.has(title));
    expect(counters.length).toBeGreaterThan(3);
    const exprs = counters.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(exprs.filter((expr) => !expr.endsWith(' or vector(0)'))).toEqual([]);
  });

  it('each have their threshold drawn in that panel, where it is a number', () => {
    const drawn = alerts.map(({ alert, annotations }) => [alert, drawnThreshold(annotations['panel'] ?? '')]);
    expect(Object.fromEntries(drawn)).toEqual(
      Object.fromEntries(alerts.map(({ alert, expr }) => [alert, thresholdOf(alert, expr)])),
    );
  });

  it('each have a case of promtool in which they are silent, and one in which they are raised', () => {
    const { tests } = parse(deploy('prometheus/tests/alerts.yml')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
    };
    const cases = tests.flatMap(({ alert_rule_test: some }) => some);
    const counts = alerts.map(({ alert }) => {
      const own = cases.filter(({ alertname }) => alertname === alert);
      const raised = own.filter(({ exp_alerts: expected = [] }) => expected.length > 0).length;
      return { alert, isRaised: raised > 0, isSilent: own.length > raised };
    });
    expect(counts.filter(({ isRaised, isSilent }) => !isRaised || !isSilent)).toEqual([]);
    expect(counts.length).toBeGreaterThan(10);
  });

  it('each say what is seen, what to do next, and how bad it is', () => {
    for (const { annotations, labels } of alerts) {
      expect(Object.keys(annotations)).toEqual(['summary', 'description', 'panel']);
      expect(['critical', 'warning']).toContain(labels['severity']);
    }
  });
});

/** Red from this value on, or below it, in the unit of the panel. */
interface Threshold {
  readonly red: 'from' | 'below';
  readonly value: number;
}

/** null: the panel is a table, which names what is wrong. */
function drawnThreshold(title: string): Threshold | string | null {
  const panel = panels.find((one) => one.title === title);
  if (panel?.type === 'table') return null;
  const style = panel?.fieldConfig?.defaults.custom?.thresholdsStyle?.mode;
  if (panel?.type === 'timeseries' && !['line', 'area'].includes(style ?? '')) return 'nothing is drawn';
  const steps = panel?.fieldConfig?.defaults.thresholds?.steps ?? [];
  const red = steps.findIndex(({ color }) => color === 'red');
  const value = steps[red]?.value ?? null;
  if (value !== null) return { red: 'from', value };
  const next = steps[red + 1]?.value ?? null;
  return next === null ? 'no red' : { red: 'below', value: next };
}

/** Where counts are compared, 1 is the first that is more than 0. */
function thresholdOf(alert: string, expr: string): Threshold | null {
  if (alert === 'MigrationRunFailed') return null;
  if (expr.startsWith('absent(')) return { red: 'below', value: 1 };
  const [, divided, operator, number = ''] = /^[^>=]*?(\/ 1000 )?(?<![=!])(==|>) (\d+)\b/.exec(unlabelled(expr)) ?? [];
  if (operator === '==' && number === '0') return { red: 'below', value: 1 };
  const value = operator === '>' && number === '0' ? 1 : Number(number);
  return { red: 'from', value: divided === undefined ? value : value * 1000 };
}

function unlabelled(expr: string): string {
  return expr.replaceAll(/\{[^}]*\}/g, '');
}

describe('provisioning', () => {
  it('names the data source that the dashboard starts with', () => {
    const { datasources } = parse(deploy('grafana/provisioning/datasources/prometheus.yml')) as {
      datasources: { uid: string; type: string; jsonData: { timeInterval: string } }[];
    };
    const { global } = parse(deploy('prometheus/prometheus.yml')) as { global: { scrape_interval: string } };
    expect(datasources.map(({ uid, type }) => [uid, type])).toEqual([['prometheus', 'prometheus']]);
    expect(datasources[0]?.jsonData.timeInterval).toBe(global.scrape_interval);
    expect(JSON.stringify(dashboard.templating.list[0])).toContain('"value":"prometheus"');
  });

  it('looks for the dashboard where the image and compose.yaml put it', () => {
    const { providers } = parse(deploy('grafana/provisioning/dashboards/migration.yml')) as {
      providers: { options: { path: string } }[];
    };
    const path = providers.map(({ options }) => options.path).join();
    const [, inImage] =
      /^COPY MM2-dashboard-1\.json (\S+)\/MM2-dashboard-1\.json$/m.exec(deploy('grafana/Dockerfile')) ?? [];
    expect(inImage).toBe(path);
    const { services } = parse(deploy('compose.yaml'), { merge: true }) as {
      services: { grafana: { volumes: string[] } };
    };
    expect(services.grafana.volumes).toContain(`./grafana:${path}:ro`);
    expect(deploy('grafana/Dockerfile')).toContain('COPY provisioning /etc/grafana/provisioning\n');
    expect(services.grafana.volumes).toContain('./grafana/provisioning:/etc/grafana/provisioning:ro');
  });
});

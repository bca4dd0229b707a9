import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const deploy = (path: string) => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string; readonly thresholds?: Thresholds } };
}

interface Thresholds {
  readonly steps: readonly { readonly color: string; readonly value: number | null }[];
}

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

const dashboard = JSON.parse(deploy('grafana/MM2-dashboard-1.json')) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const { groups } = parse(deploy('prometheus/rules/alerts.yml')) as {
  groups: { rules: { alert: string; annotations: Record<string, string>; labels: Record<string, string> }[] }[];
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

  it('says of every panel what it shows, and in which unit', () => {
    expect(panels.filter(({ description = '' }) => description === '').map(({ title }) => title)).toEqual([]);
    expect(panels.filter(({ fieldConfig }) => fieldConfig?.defaults.unit === undefined)).toEqual([]);
  });

  it('counts records where records are meant, and times where times are', () => {
    const unitOf = (title: string) => panels.find((panel) => panel.title === title)?.fieldConfig?.defaults.unit;
    expect(unitOf('Record lag by topic')).toBe('short');
    expect(unitOf('Replication latency')).toBe('ms');
    expect(unitOf('Heartbeat age')).toBe('s');
    expect(unitOf('Bytes copied')).toBe('Bps');
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

  it('each say what is seen, what to do next, and how bad it is', () => {
    for (const { annotations, labels } of alerts) {
      expect(Object.keys(annotations)).toEqual(['summary', 'description', 'panel']);
      expect(['critical', 'warning']).toContain(labels['severity']);
    }
  });
});

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
});

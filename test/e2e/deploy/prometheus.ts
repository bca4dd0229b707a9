/** A real Prometheus with the files of deploy/prometheus; only where it finds its targets is the test's own. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { freePort } from '../../../src/testbed/ports.ts';
import { createWorkFolder, removeWorkFolder, startProcess } from '../../../src/testbed/processes.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { debianPrograms } from './debian-tool.ts';

export const PROMETHEUS_FOLDER = fileURLToPath(new URL('../../../deploy/prometheus/', import.meta.url));

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface RuleState {
  readonly name: string;
  readonly type: 'alerting' | 'recording';
  readonly health: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of an alert: inactive, pending or firing. */
  readonly state: string | null;
}

export interface Prometheus {
  query(expression: string): Promise<readonly Series[]>;
  /** Values of a label, as a variable of Grafana asks for them. */
  labelValues(label: string, selector: string): Promise<readonly string[]>;
  rules(): Promise<readonly RuleState[]>;
  stop(): Promise<void>;
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly dns_sd_configs?: unknown;
}

/**
 * `targets` by job. Scrapes and evaluates every few seconds, since a test has no half hours. What a target does not
 * answer in time is not there at that moment: look again.
 */
export async function startPrometheus(targets: Readonly<Record<string, string>>): Promise<Prometheus> {
  const programs = await debianPrograms('prometheus');
  const folder = await createWorkFolder('prometheus-');
  await mkdir(join(folder, 'rules'));
  for (const file of await readdir(join(PROMETHEUS_FOLDER, 'rules')))
    await copyFile(join(PROMETHEUS_FOLDER, 'rules', file), join(folder, 'rules', file));
  await writeFile(join(folder, 'prometheus.yml'), await configuration(targets));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const flags = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const process = await startProcess({
    name: 'Prometheus',
    command: join(programs, 'prometheus'),
    args: [...flags, `--web.listen-address=127.0.0.1:${port}`],
    cwd: folder,
    logFile: join(folder, 'prometheus.log'),
  });
  const get = async <T>(path: string, query: Record<string, string> = {}): Promise<T> => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(query)}`);
    const body = (await response.json()) as { status: string; error?: string; data: T };
    if (body.status !== 'success') throw new Error(`${query['query'] ?? path}: ${body.error}`);
    return body.data;
  };
  const ready = async () => ((await fetch(`${url}/-/ready`)).ok ? { done: undefined } : { seen: 'not ready' });
  await waitFor('Prometheus to be ready', ready, { timeoutMs: 180_000, details: () => process.logTail() });
  return {
    async query(expression) {
      type Vector = { result: { metric: Record<string, string>; value: [number, string] }[] };
      const { result } = await get<Vector>('query', { query: expression });
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    labelValues: (label, selector) => get<string[]>(`label/${label}/values`, { 'match[]': selector }),
    async rules() {
      type Groups = { groups: { rules: (Omit<RuleState, 'state' | 'labels'> & Partial<RuleState>)[] }[] };
      const { groups } = await get<Groups>('rules');
      return groups.flatMap((group) =>
        group.rules.map((rule) => ({ ...rule, state: rule.state ?? null, labels: rule.labels ?? {} })),
      );
    },
    async stop() {
      await process.stop();
      await removeWorkFolder(folder);
    },
  };
}

/** Loopback has no Cloud Map: the DNS discovery gives way to an address, everything else of the job stays. */
async function configuration(targets: Readonly<Record<string, string>>): Promise<string> {
  const config = parse(await readFile(join(PROMETHEUS_FOLDER, 'prometheus.yml'), 'utf8')) as {
    scrape_configs: ScrapeConfig[];
  };
  const jobs = config.scrape_configs.flatMap(({ dns_sd_configs: _, ...job }) => {
    const target = targets[job.job_name];
    return target === undefined ? [] : [{ ...job, file_sd_configs: [], static_configs: [{ targets: [target] }] }];
  });
  const global = { scrape_interval: '8s', scrape_timeout: '8s', evaluation_interval: '2s' };
  return stringify({ ...config, global, scrape_configs: jobs });
}

/** compose.yaml, as far as it can be judged without docker, and the way in that README.md says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateConnectors } from '../../src/domain/connectors/generate/generate-connectors.ts';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import { generationFacts } from '../../src/run/generation-facts.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEPLOY = join(ROOT, 'deploy');

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly args?: Readonly<Record<string, string>> };
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks?: { readonly default: { readonly aliases: readonly string[] } };
}

const { services } = parse(readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};
const BROKERS = ['source', 'target'];

function variable(service: string, name: string): string {
  return String(services[service]?.environment?.[name] ?? '');
}

/** `INSIDE://source:19092,OUTSIDE://…` → by the name of the listener. */
function listeners(service: string, name: string): ReadonlyMap<string, string> {
  return new Map(
    variable(service, name)
      .split(',')
      .map((one) => one.split('://', 2) as [string, string]),
  );
}

/** host:container, of a publishing to this machine alone. */
function published(service: string): readonly string[] {
  return (services[service]?.ports ?? []).map((port) => port.replace(/^127\.0\.0\.1:/, ''));
}

describe('compose.yaml', () => {
  test('mounts and builds what is there', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((one) => one.split(':')[0] ?? ''),
    );
    const built = Object.values(services).flatMap(({ build }) =>
      build === undefined ? [] : [join(build.context, 'Dockerfile')],
    );
    expect(mounted.length).toBeGreaterThan(0);
    expect(built).toContain('connect/Dockerfile');
    expect([...mounted, ...built].filter((path) => !existsSync(join(DEPLOY, path)))).toEqual([]);
  });

  test('mounts dashboards where the provisioned provider looks for them', () => {
    const provider = parse(readFileSync(join(DEPLOY, 'grafana/provisioning/dashboards/migration.yml'), 'utf8')) as {
      providers: { options: { path: string } }[];
    };
    const folders = services['grafana']?.volumes?.map((one) => one.split(':')[1]);
    for (const { options } of provider.providers) expect(folders).toContain(options.path);
    expect(provider.providers).toHaveLength(1);
  });

  test('publishes to this machine alone, each port once', () => {
    const ports = Object.values(services).flatMap(({ ports: own = [] }) => own);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    const onThisMachine = ports.map((port) => port.split(':')[1]);
    expect(new Set(onThisMachine).size).toBe(onThisMachine.length);
    expect(onThisMachine).toEqual(expect.arrayContaining(['9092', '9192', '8083', '9090', '3000']));
  });

  test('names every image that it does not build by its digest', () => {
    for (const { image, build } of Object.values(services)) {
      if (build === undefined) expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    }
  });

  test('has two clusters, by their ids', () => {
    const ids = BROKERS.map((name) => variable(name, 'CLUSTER_ID'));
    expect(ids.filter((id) => /^[\w-]{22}$/.test(id))).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  test.each(BROKERS)('%s has a listener for its neighbours, and one for this machine', (name) => {
    const listening = listeners(name, 'KAFKA_LISTENERS');
    const advertised = listeners(name, 'KAFKA_ADVERTISED_LISTENERS');
    expect([...listening.keys()]).toEqual(['INSIDE', 'OUTSIDE', 'CONTROLLER']);
    expect([...advertised.keys()]).toEqual(['INSIDE', 'OUTSIDE']);
    expect(advertised.get('INSIDE')).toBe(`${name}${listening.get('INSIDE')}`);
    expect(advertised.get('OUTSIDE')).toBe(`localhost${listening.get('OUTSIDE')}`);
    const outside = listening.get('OUTSIDE')?.slice(1);
    expect(published(name)).toEqual([`${outside}:${outside}`]);
    const protocols = variable(name, 'KAFKA_LISTENER_SECURITY_PROTOCOL_MAP').split(',');
    expect(protocols.map((one) => one.split(':')[0]).sort()).toEqual([...listening.keys()].sort());
    expect(services[name]?.healthcheck?.test.at(-1)).toBe(`localhost${listening.get('INSIDE')}`);
  });

  test('starts the worker when both clusters are healthy, with what its entry point asks for', () => {
    const { environment, depends_on, build } = services['connect'] ?? {};
    expect(depends_on).toEqual({ source: { condition: 'service_healthy' }, target: { condition: 'service_healthy' } });
    expect(environment).toEqual({ BROKERS: 'target:19092', GROUP: 'connect-msksource-to-mskdest' });
    expect(build?.args).toEqual({ AUTH: 'no-auth' });
  });

  test('gives services the names by which Prometheus and Grafana look for them', () => {
    const config = readFileSync(join(DEPLOY, 'prometheus/prometheus.yml'), 'utf8');
    const source = readFileSync(join(DEPLOY, 'grafana/provisioning/datasources/prometheus.yml'), 'utf8');
    const looked = [...`${config}${source}`.matchAll(/\b(\w+\.migration)\b/g)].map(([, name]) => name ?? '');
    const aliases = Object.values(services).flatMap(({ networks }) => networks?.default.aliases ?? []);
    expect(looked).toEqual(expect.arrayContaining(['kafkaconnect.migration', 'prometheus.migration']));
    expect([...new Set(looked)].filter((name) => !aliases.includes(name))).toEqual([]);
  });
});

describe('the way in from this machine', () => {
  const readme = readFileSync(join(DEPLOY, 'README.md'), 'utf8');
  const commands = [...readme.matchAll(/^node dist\/cli\.js (.+)$/gm)].map(([, words]) => words?.split(' ') ?? []);

  function inputsOf(argv: readonly string[]) {
    const readFile = (path: string) => ({ text: readFileSync(join(ROOT, path), 'utf8') });
    const line = readCommandLine(argv, { environment: () => undefined, readFile });
    if (line.kind !== 'run') throw new Error(`${argv.join(' ')} runs nothing`);
    return parseInputs(line.raw, { readFile });
  }

  test('has an apply and a sync, which reach the published ports', () => {
    const inputs = commands.map(inputsOf);
    expect(inputs.map(({ command }) => command)).toEqual(['apply', 'sync']);
    for (const { source, target } of inputs) {
      expect(source?.bootstrapServers).toEqual([listeners('source', 'KAFKA_ADVERTISED_LISTENERS').get('OUTSIDE')]);
      expect(target?.bootstrapServers).toEqual([listeners('target', 'KAFKA_ADVERTISED_LISTENERS').get('OUTSIDE')]);
    }
    expect(published('connect')).toEqual(
      [new URL(String(inputs[0]?.connect?.url)).port].map((port) => `${port}:${port}`),
    );
  });

  test('gives connectors the addresses inside', () => {
    const facts = generationFacts(inputsOf(commands[0] ?? []));
    const servers = (facts === null ? [] : generateConnectors(facts)).map(({ config }) =>
      Object.entries(config).filter(([key]) => key.endsWith('bootstrap.servers')),
    );
    const [source, target] = BROKERS.map((name) => listeners(name, 'KAFKA_ADVERTISED_LISTENERS').get('INSIDE'));
    const both = [
      ['source.cluster.bootstrap.servers', source],
      ['target.cluster.bootstrap.servers', target],
      ['producer.override.bootstrap.servers', target],
    ];
    const heartbeat = [
      ['target.cluster.bootstrap.servers', source],
      ['producer.override.bootstrap.servers', source],
    ];
    expect(servers).toEqual([both, both, heartbeat]);
  });
});

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readConnectorFiles } from '../../src/adapters/files/connector-files.ts';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import { generateConnectors } from '../../src/domain/connectors/generate/generate-connectors.ts';
import { isSecretKey } from '../../src/domain/connectors/redact.ts';
import { imageAuth } from '../../src/domain/ecs/auth-scheme.ts';
import { containerSecrets } from '../../src/domain/ecs/container-secrets.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { generationFacts } from '../../src/run/generation-facts.ts';
import { usesIn } from './documents.ts';
import { ROOT, readTracked } from './tracked-files.ts';

const EXAMPLES = join(ROOT, 'examples');
const workflows = [...readTracked()].filter(([path]) => path.startsWith('examples/workflows/'));

interface Job {
  readonly 'timeout-minutes': number;
  readonly permissions?: unknown;
  readonly environment?: string;
}

function jobsIn(text: string): readonly (readonly [string, Job])[] {
  return Object.entries((parse(text) as { readonly jobs: Readonly<Record<string, Job>> }).jobs);
}

/** As the runner would hand them over: expressions have become values, and the config file stands where it is copied. */
function parseUse(inputs: Readonly<Record<string, unknown>>, config = 'mm2.yml'): Inputs {
  const values = Object.entries(inputs).map(([name, value]) => [name, expanded(String(value))] as const);
  const readFile = (path: string) =>
    path === '.github/mm2.yml' ? { text: readFileSync(join(EXAMPLES, config), 'utf8') } : { error: 'not there' };
  return parseInputs(new Map(values), { readFile });
}

/** mm2.yml where it names no connector files, so that they are generated; `tasks-max` as in those files. */
function parseGenerating(): Inputs {
  const text = readFileSync(join(EXAMPLES, 'mm2.yml'), 'utf8').replace(/^connectors: .*$/m, 'tasks-max: 4');
  return parseInputs(new Map(Object.entries({ command: 'plan', config: 'mm2.yml' })), {
    readFile: () => ({ text }),
    secretsNeeded: false,
  });
}

/** What stands at .github/mm2.yml for a workflow; mm2.yml for the others. */
const CONFIGS: Readonly<Record<string, string>> = {
  'msk-oidc.yml': 'mm2-msk.yml',
  'scram-to-iam.yml': 'mm2-to-msk.yml',
};

function configOf(workflow: string): string {
  return CONFIGS[basename(workflow)] ?? 'mm2.yml';
}

function expanded(text: string): string {
  if (/^\$\{\{ secrets\.\w+ \}\}$/.test(text)) return 'correct-horse-battery-staple';
  // The action's first step puts the hash that it found in its place.
  if (text.includes("'from-pr'")) return '0'.repeat(25);
  if (text.includes('inputs.phase')) return 'cutover';
  if (text.includes('steps.export.outputs.')) return 'before/offsets-export.jsonl';
  if (/^\$\{\{ matrix\.shard \}\}\/\$\{\{ matrix\.of \}\}$/.test(text)) return '1/4';
  // What a person may leave empty.
  if (/^\$\{\{ inputs\.(pr-number|overwrite-groups) \}\}$/.test(text)) return '';
  return /^\$\{\{ (.* == .*|inputs\.dry-run) \}\}$/.test(text) ? 'true' : text;
}

describe('example workflows', () => {
  test('are these', () => {
    expect(workflows.map(([path]) => path.split('/').at(-1))).toEqual([
      'apply-and-sync.yml',
      'cutover-gate.yml',
      'cutover.yml',
      'deploy.yml',
      'msk-oidc.yml',
      'plan-on-pull-request.yml',
      'rollback.yml',
      'scheduled-sync.yml',
      'scram-to-iam.yml',
      'self-hosted-sync.yml',
      'sharded-sync.yml',
    ]);
  });

  test.each(workflows)('%s gives inputs that the action takes, without a remark', (path, text) => {
    const uses = usesIn(text);
    expect(uses.length).toBeGreaterThan(0);
    for (const { inputs } of uses) {
      const parsed = parseUse(inputs, configOf(path));
      expect(parsed.command).toBe(inputs['command']);
      expect(parsed.notices).toEqual([]);
    }
  });

  test('a misspelt input would be told', () => {
    expect(() => parseUse({ command: 'sync', config: '.github/mm2.yml', 'run-form': '30m' })).toThrow('run-for');
  });

  test.each(workflows)('%s ends by itself, and with a report, before its jobs are ended', (path, text) => {
    for (const [name, job] of jobsIn(text)) {
      const bounds = usesIn(stringify({ jobs: { [name]: job } })).map(({ inputs }) => {
        const { command, timeoutMs } = parseUse(inputs, configOf(path));
        // Reads files, and waits for nothing.
        return command === 'report' ? 0 : timeoutMs;
      });
      expect(bounds.reduce((sum, bound) => sum + bound, 0) / 60_000).toBeLessThan(job['timeout-minutes']);
    }
  });

  test.each(workflows)('%s gives each job its rights by name, and lets no two of them write at once', (_, text) => {
    expect(parse(text)).toMatchObject({ permissions: {}, concurrency: { group: expect.stringMatching(/^mm2/) } });
    for (const [, { permissions }] of jobsIn(text)) expect(permissions).toBeTypeOf('object');
  });

  test.each(['plan-on-pull-request', 'cutover-gate', 'cutover'])(
    '%s reads as the user of the reading environment',
    (name) => {
      const text = workflows.find(([path]) => path.endsWith(`/${name}.yml`))?.[1] ?? '';
      const reading = jobsIn(text).filter(([, { environment }]) => environment === 'kafka-migration-read');
      const uses = reading.flatMap(([, job]) => usesIn(stringify(job)));
      expect(uses.length).toBeGreaterThan(0);
      for (const { inputs } of uses) {
        for (const side of ['source', 'target', 'connect']) {
          expect(inputs[`${side}-username`]).toBe(`\${{ vars.${side.toUpperCase()}_USERNAME }}`);
        }
      }
    },
  );
});

describe('the README of the examples', () => {
  const readme = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');

  test.each(workflows)('has %s in its table, and the environments that it takes secrets from', (path, text) => {
    expect(readme).toContain(`\n| \`${basename(path)}\` | `);
    const environments = jobsIn(text).flatMap(([, { environment }]) =>
      environment === undefined ? [] : [environment],
    );
    for (const environment of environments) expect(readme).toMatch(new RegExp(`^\\|[^|]*\`${environment}\``, 'm'));
  });
});

const generating = parseGenerating();

describe('example connectors', async () => {
  const { connectors, problems } = await readConnectorFiles('connectors/*.json', EXAMPLES);
  const values = (key: string) => connectors.map(({ config }) => config[key]);
  const mm2 = parseUse({
    command: 'plan',
    config: '.github/mm2.yml',
    'connect-password': 'x',
    'source-password': 'x',
    'target-password': 'x',
  });

  test('are MirrorMaker 2’s three, without a problem', () => {
    expect(problems).toEqual([]);
    expect(connectors.map((connector) => connector.class.split('.').at(-1)).sort()).toEqual([
      'MirrorCheckpointConnector',
      'MirrorHeartbeatConnector',
      'MirrorSourceConnector',
    ]);
  });

  test('copy bytes as they are', () => {
    for (const key of ['key.converter', 'value.converter', 'header.converter']) {
      expect(new Set(values(key))).toEqual(new Set(['org.apache.kafka.connect.converters.ByteArrayConverter']));
    }
  });

  test('agree with each other and with mm2.yml', () => {
    const { sourceAlias, targetAlias, policy } = mm2.replication;
    expect(policy).toBe('identity');
    expect(new Set(values('source.cluster.alias'))).toEqual(new Set([sourceAlias]));
    expect(new Set(values('target.cluster.alias'))).toEqual(new Set([targetAlias]));
    expect(new Set(values('replication.policy.class'))).toEqual(
      new Set(['org.apache.kafka.connect.mirror.IdentityReplicationPolicy']),
    );
    const copied = connectors.filter(({ config }) => 'topics' in config).map(({ config }) => config['topics']);
    expect(copied).toEqual([mm2.selection.topics.text, mm2.selection.topics.text]);
  });

  test('are, but for their names, what generate writes by mm2.yml', () => {
    const facts = generationFacts(generating);
    const configs = (all: readonly ConnectorConfig[]) =>
      all.map(({ config: { name: _, ...config } }) => Object.entries(config)).sort();
    expect(configs(connectors)).toEqual(configs(facts === null ? [] : generateConnectors(facts)));
  });

  test('leave the offsets of groups to the action', () => {
    expect(values('sync.group.offsets.enabled').filter((value) => value !== undefined)).toEqual(['false']);
  });

  test('hold names of secrets only', () => {
    const entries = connectors.flatMap(({ config }) => Object.entries(config));
    const secret = entries.filter(([key]) => isSecretKey(key)).map(([, value]) => value);
    expect(secret.length).toBeGreaterThanOrEqual(6);
    for (const value of secret) expect(value).toMatch(/ required username="[\w-]+" password="\$\{env:\w+\}";$/);
  });
});

describe('the worker of deploy/ can resolve what the examples refer to', () => {
  const referred = [...readTracked()]
    .filter(([path]) => path.startsWith('examples/'))
    .flatMap(([path, text]) =>
      [...text.matchAll(/\$\{([a-z]+):([^}]*)\}/g)].map(([, by, what]) => ({ path, by, what })),
    );
  const variables = [...new Set(referred.map(({ what }) => what))].sort();

  test('by its one provider of variables', () => {
    expect(referred.filter(({ by }) => by !== 'env')).toEqual([]);
    expect(variables).toEqual(['SOURCE_PASSWORD', 'TARGET_PASSWORD']);
  });

  test('since the image lets connectors have these variables', () => {
    const provider = readFileSync(join(ROOT, 'deploy/connect/classes/GivenVariables.java'), 'utf8');
    const allowed = new RegExp(`^(?:${/ALLOWED =\s*"(.+)"/.exec(provider)?.[1]})$`);
    expect(variables.filter((name) => !allowed.test(name ?? ''))).toEqual([]);
  });

  test('since the stack, by `generate ecs`, gives them to its containers', () => {
    const facts = generationFacts(generating);
    if (facts === null) throw new Error('mm2.yml names no topics');
    const given = containerSecrets({ auth: imageAuth(facts.target) ?? 'no-auth', connectors: facts });
    expect(variables.filter((name) => !given.includes(name ?? ''))).toEqual([]);
    const stack = readFileSync(join(ROOT, 'deploy/ecs/migration.yaml'), 'utf8');
    for (const name of variables)
      expect(stack).toContain(`{Name: ${name}, ValueFrom: !Sub '\${ConnectSecretArn}:${name}::'}`);
  });
});

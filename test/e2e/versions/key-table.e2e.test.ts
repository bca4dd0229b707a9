import { beforeAll, describe, expect, test } from 'vitest';
import { clientKeyFate } from '../../../src/domain/connectors/keys/client-keys.ts';
import type { Mm2Connector } from '../../../src/domain/connectors/keys/key-fate.ts';
import { KEY_TABLE, type KeyRow } from '../../../src/domain/connectors/keys/key-table.ts';
import { resolveJars } from '../../../src/testbed/jars.ts';
import { javaEnvironment, runCommand } from '../../../src/testbed/java.ts';

interface Printed {
  readonly table?: string;
  readonly key: string;
  readonly default?: string | null;
  /** A connector: which of its clients a key of this prefix arrives at. */
  readonly reach?: Mm2Connector;
  readonly prefix?: string;
}

let printed: readonly Printed[] = [];

beforeAll(async () => {
  const { classPath } = await resolveJars();
  const args = ['-cp', classPath, 'scripts/config-keys/ConfigKeys.java'];
  const { output } = await runCommand('java', args, { missing: 'no java', env: javaEnvironment() });
  printed = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Printed => JSON.parse(line));
});

describe('the key table of 4.3.1', () => {
  test.each(Object.keys(KEY_TABLE))('%s is what Kafka prints', (table) => {
    const java = printed.filter((line) => line.table === table).map((line) => [line.key, line.default ?? null]);
    const rows: readonly KeyRow[] = KEY_TABLE[table as keyof typeof KEY_TABLE];
    const ours = rows.filter(([, , removed]) => removed === null).map(([key, , , value]) => [key, value]);
    expect(java.length).toBeGreaterThan(0);
    expect(ours).toEqual(java);
  });

  test.each(['source', 'checkpoint', 'heartbeat'] as const)(
    'no client of %s gets what is called dropped',
    (connector) => {
      const arrived = printed.filter(({ reach }) => reach === connector);
      const cluster = arrived.filter(({ prefix }) => prefix === 'source.cluster.').map(({ key }) => key);
      expect(cluster.sort()).toEqual(['bootstrap.servers', 'sasl.jaas.config', 'security.protocol', 'ssl.protocol']);
      for (const key of ['client.rack', 'linger.ms', 'retries']) {
        expect(clientKeyFate(connector, `source.cluster.${key}`, null)).toMatchObject({ kind: 'dropped' });
      }
      const prefixes = new Set(arrived.map(({ prefix }) => prefix));
      const without = [
        '',
        'source.',
        'target.',
        'source.cluster.consumer.',
        'consumer.override.',
        'producer.override.',
      ];
      expect(without.filter((prefix) => prefixes.has(prefix))).toEqual([]);
      expect([...prefixes]).toEqual(expect.arrayContaining(['consumer.', 'source.consumer.', 'target.admin.']));
    },
  );
});

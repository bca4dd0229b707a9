import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/adapters/sha256.ts';
import type { ConnectorConfig } from '../../../src/domain/connectors/connector-config.ts';
import {
  type ActualConfig,
  type ConnectorChange,
  type ConnectorWishes,
  hideSecrets,
  planConnectors,
} from '../../../src/domain/connectors/connector-plan.ts';
import {
  canonicalText,
  comparePlan,
  isPlanHash,
  MAX_PLAN_HASH_CHARS,
  planHash,
} from '../../../src/domain/connectors/plan-hash.ts';

type Settings = Readonly<Record<string, string>>;
const JAAS = 'source.cluster.sasl.jaas.config';

function connector(name: string, settings: Settings = {}): ConnectorConfig {
  const connectorClass = 'org.apache.kafka.connect.mirror.MirrorSourceConnector';
  const config = { name, 'connector.class': connectorClass, ...settings };
  return { name, class: connectorClass, file: `${name}.json`, lines: new Map(), config };
}

/** Plan of `desired` against a worker that has `actual`; all else of `desired` and `remove` is absent there. */
function plan(
  desired: readonly ConnectorConfig[],
  actual: readonly ConnectorConfig[] = [],
  wishes: ConnectorWishes = { state: null, remove: [] },
): readonly ConnectorChange[] {
  const names = [...desired.map(({ name }) => name), ...wishes.remove];
  const there = new Map<string, ActualConfig>(names.map((name) => [name, { kind: 'absent' }]));
  for (const { name, config } of actual) there.set(name, { kind: 'present', config });
  return planConnectors(there, desired, wishes);
}

function hash(changes: readonly ConnectorChange[], clusterId: string | null = 'TARGET'): string | null {
  return planHash({ clusterId, changes }, sha256);
}

const A = connector('a', { topics: 'x' });
const B = connector('b', { topics: 'y' });

describe('the plan hash', () => {
  test('is one word that fits an input', () => {
    const word = hash(plan([A, B])) ?? '';
    expect(word).toMatch(/^[A-Za-z0-9.-]{85}$/);
    expect(isPlanHash(word)).toBe(true);
    expect(isPlanHash(word.slice(1))).toBe(false);
    for (const text of ['', 'from-pr', 'abc', word.slice(0, 60), `${word} `, word.toUpperCase()]) {
      expect(isPlanHash(text)).toBe(false);
    }
  });

  test('stays the same on every machine, whatever the order of files and keys', () => {
    expect(hash(plan([A, B]))).toBe(
      '3p8g87da4z6y18glfv260rsrg.h2y9dbsip0doynd11gecltyd8g3gr.s3kmc9raxezyjp9hzuylhjzew8k06',
    );
    const reversed = { ...A, config: Object.fromEntries(Object.entries(A.config).reverse()) };
    expect(hash(plan([B, reversed]))).toBe(hash(plan([A, B])));
  });

  test('is another one for each thing that would be done otherwise', () => {
    const paused = { state: 'paused', remove: [] } as const;
    const all = [
      hash(plan([A])),
      hash(plan([A]), 'OTHER'),
      hash(plan([connector('a', { topics: 'z' })])),
      hash(plan([A], [A])),
      hash(plan([A], [connector('a', { topics: 'old' })])),
      hash(plan([A], [connector('a', { topics: 'older' })])),
      hash(plan([A], [connector('a', { topics: 'x', unmanaged: '1' })])),
      hash(plan([A], [], paused)),
      hash(plan([A], [B], { state: null, remove: ['b'] })),
      hash(plan([A, B])),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test('is the same for another secret (G)', () => {
    const withSecret = (secret: string) => connector('a', { [JAAS]: `x.LoginModule required password="${secret}";` });
    const [first] = plan([withSecret('hunter2')]);
    expect(first && canonicalText('TARGET', first)).not.toContain('hunter2');
    expect(hash(plan([withSecret('hunter2')]))).toBe(hash(plan([withSecret('other')])));
    const changed = (before: string, after: string) => hash(plan([withSecret(after)], [withSecret(before)]));
    expect(changed('one', 'two')).toBe(changed('three', 'four'));
    // That it differs at all is part of the plan.
    expect(changed('one', 'two')).not.toBe(changed('same', 'same'));
  });

  test('is the same for another secret under a key that does not look like one, where its value is known (G)', () => {
    const of = (secret: string) =>
      hash(hideSecrets(plan([connector('a', { 'client.rack': `r-${secret}` })]), [secret]));
    expect(of('hunter2')).toBe(of('other-secret'));
    const [change] = hideSecrets(plan([connector('a', { 'client.rack': 'r-hunter2', topics: 'x' })]), ['hunter2', 'x']);
    expect(change?.keys.slice(0, 1)).toEqual([{ key: 'client.rack', before: null, after: '(hidden)', secret: true }]);
    expect(change?.keys.at(-1)).toMatchObject({ key: 'topics', after: '(hidden)' });
  });

  test('is none where a connector could not be read, or there is none', () => {
    expect(hash(planConnectors(new Map(), [A]))).toBeNull();
    expect(hash([])).toBeNull();
  });

  test('of very many connectors has no parts', () => {
    const many = plan(Array.from({ length: 201 }, (_, i) => connector(`c${i}`)));
    expect(hash(many)).toMatch(/^[0-9a-z]{25}$/);
    expect(hash(many.slice(1))).toMatch(/^[0-9a-z]{25}(\.[0-9a-z]{29}){200}$/);
    const longest = hash(many.slice(1)) ?? '';
    expect(isPlanHash(longest)).toBe(true);
    expect(longest).toHaveLength(MAX_PLAN_HASH_CHARS);
  });
});

describe('comparing with the approved plan', () => {
  const compare = (
    approved: readonly ConnectorChange[],
    changes: readonly ConnectorChange[],
    gone: readonly string[] = [],
  ) => {
    const inPlace = new Set(changes.filter(({ change }) => change === 'none').map(({ name }) => name));
    return comparePlan({ approved: hash(approved) ?? '', clusterId: 'TARGET', changes, inPlace, gone }, sha256);
  };
  const drift = { changed: [], added: [], missing: 0, unknown: false };

  test('the same plan goes on', () => {
    expect(compare(plan([A, B]), plan([B, A]))).toBeNull();
  });

  test('a key changed by hand on the worker is named by its connector', () => {
    const reviewed = plan([A, B], [connector('a', { topics: 'old' }), B]);
    expect(compare(reviewed, plan([A, B], [connector('a', { topics: 'by hand' }), B]))).toEqual({
      ...drift,
      changed: ['a'],
    });
    // Also on one that was not to be changed.
    expect(compare(reviewed, plan([A, B], [connector('a', { topics: 'old' }), connector('b')]))).toEqual({
      ...drift,
      changed: ['b'],
    });
  });

  test('a connector more or less is no longer that plan', () => {
    expect(compare(plan([A]), plan([A, B]))).toEqual({ ...drift, added: ['b'] });
    expect(compare(plan([A, B]), plan([A]))).toEqual({ ...drift, missing: 1 });
  });

  test('another cluster is another plan', () => {
    const other = planHash({ clusterId: 'OTHER', changes: plan([A]) }, sha256) ?? '';
    const question = { approved: other, clusterId: 'TARGET', changes: plan([A]), inPlace: new Set<string>(), gone: [] };
    expect(comparePlan(question, sha256)).toEqual({ ...drift, changed: ['a'] });
  });

  test('what an apply that came half way has done already is no drift', () => {
    expect(compare(plan([A, B]), plan([A, B], [A]))).toBeNull();
    const remove = { state: null, remove: ['old'] };
    const old = connector('old');
    expect(compare(plan([A, B], [old], remove), plan([A, B], [A], remove), ['old'])).toBeNull();
  });

  test('but the rest must still be what was approved', () => {
    expect(compare(plan([A, B]), plan([A, connector('b', { topics: 'other' })], [A]))).toEqual({
      ...drift,
      changed: ['b'],
    });
  });

  test('a plan with nothing to do needs no approval', () => {
    expect(compare(plan([A]), plan([B], [B]))).toBeNull();
  });

  test('sixteen connectors, one of which an earlier apply has placed, are still what was approved', () => {
    const all = Array.from({ length: 16 }, (_, i) => connector(`c${i}`));
    const [first, ...rest] = plan(all);
    if (first === undefined) throw new Error('no connector is planned');
    expect(compare(plan(all), [{ ...first, change: 'none', keys: [] }, ...rest])).toBeNull();
  });

  test('a hash without parts does not say what differs', () => {
    const many = Array.from({ length: 201 }, (_, i) => connector(`c${i}`));
    expect(compare(plan(many), plan(many))).toBeNull();
    expect(compare(plan(many), plan([...many, A]))).toEqual({ ...drift, unknown: true });
  });
});

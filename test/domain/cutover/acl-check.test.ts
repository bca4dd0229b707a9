import { describe, expect, test } from 'vitest';
import type { Acl, SourceAcl } from '../../../src/domain/cutover/facts.ts';
import { goodFacts, known, notKnown } from '../../support/cutover-facts.ts';
import { checkOf, saidOf } from './verdict-of.ts';

describe('acls', () => {
  const acl = (overrides: Partial<SourceAcl> = {}): SourceAcl => ({
    resource: 'topic',
    name: 'orders',
    nameOnTarget: 'a.orders',
    pattern: 'literal',
    principal: 'User:shop',
    host: '*',
    operation: 'WRITE',
    permission: 'allow',
    ...overrides,
  });
  const target = (overrides: Partial<Acl> = {}): Acl => {
    const { nameOnTarget, ...rest } = acl();
    return { ...rest, name: nameOnTarget, ...overrides };
  };
  const verdict = (source: readonly SourceAcl[] | null, on: readonly Acl[] | null): string =>
    checkOf('acls', goodFacts('rehearse', { acls: known({ source, target: on }) })).verdict;

  test('names what is missing', () => {
    const facts = goodFacts('rehearse', { acls: known({ source: [acl()], target: [] }) });
    expect(saidOf('acls', facts)).toBe('fail: missing on the target: User:shop allow WRITE on topic a.orders');
  });

  test.each([
    ['the same', target()],
    ['all operations', target({ operation: 'ALL' })],
    ['a prefix that covers the name', target({ pattern: 'prefixed', name: 'a.' })],
    ['every topic', target({ name: '*' })],
    ['every principal', target({ principal: 'User:*' })],
  ])('covered by %s', (_, one) => {
    expect(verdict([acl()], [one])).toBe('pass');
  });

  test.each([
    ['of another principal', target({ principal: 'User:else' })],
    ['of another operation', target({ operation: 'READ' })],
    ['of another host', target({ host: '10.0.0.1' })],
    ['of another topic', target({ name: 'a.order' })],
    ['of another prefix', target({ pattern: 'prefixed', name: 'b.' })],
    ['that denies', target({ permission: 'deny' })],
    ['of a group', target({ resource: 'group' })],
  ])('not covered by one %s', (_, one) => {
    expect(verdict([acl()], [one])).toBe('fail');
  });

  test('READ and WRITE bring DESCRIBE along, a denial of them does not', () => {
    expect(verdict([acl({ operation: 'DESCRIBE' })], [target({ operation: 'READ' })])).toBe('pass');
    const denied = { permission: 'deny' } as const;
    expect(verdict([acl({ operation: 'DESCRIBE', ...denied })], [target({ operation: 'READ', ...denied })])).toBe(
      'fail',
    );
  });

  test('a prefix is not covered by the name of one topic', () => {
    const prefixed = acl({ pattern: 'prefixed', name: 'ord', nameOnTarget: 'a.ord' });
    expect(verdict([prefixed], [target({ name: 'a.ord' })])).toBe('fail');
    expect(verdict([prefixed], [target({ name: 'a.ord', pattern: 'prefixed' })])).toBe('pass');
  });

  test('every topic of the source is not covered by a prefix', () => {
    expect(verdict([acl({ name: '*', nameOnTarget: '*' })], [target({ name: '', pattern: 'prefixed' })])).toBe('fail');
  });

  test('groups and transactional ids of the same principals matter, other topics do not', () => {
    expect(verdict([acl({ resource: 'group', name: 'billing', nameOnTarget: 'billing', operation: 'READ' })], [])).toBe(
      'fail',
    );
    expect(verdict([acl({ resource: 'group', name: 'elsewhere', nameOnTarget: 'elsewhere' })], [])).toBe('pass');
    expect(verdict([acl({ name: 'invoices', nameOnTarget: 'a.invoices' })], [])).toBe('pass');
    const transactional = acl({ resource: 'transactional-id', name: 'tx', nameOnTarget: 'tx' });
    expect(verdict([transactional], [])).toBe('pass');
    expect(verdict([acl(), transactional], [target()])).toBe('fail');
  });

  test('a side without an authorizer allows everything, an unread one is unknown', () => {
    expect(verdict(null, [])).toBe('pass');
    expect(verdict([acl()], null)).toBe('pass');
    expect(saidOf('acls', goodFacts('rehearse', { acls: notKnown() }))).toMatch(/^unknown/);
  });
});

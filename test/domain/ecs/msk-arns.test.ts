import { describe, expect, test } from 'vitest';
import { isClusterArn, mskArn, namePatterns, regionOfArn } from '../../../src/domain/ecs/msk-arns.ts';

const CLUSTER = 'arn:aws:kafka:eu-west-1:111122223333:cluster/new/6e8d5e4c-0000-0000-0000-000000000000-1';

describe('resources of a cluster', () => {
  test.each([
    ['cluster', '', CLUSTER],
    ['topic', 'orders*', `${CLUSTER.replace(':cluster/', ':topic/')}/orders*`],
    ['group', 'billing', `${CLUSTER.replace(':cluster/', ':group/')}/billing`],
  ] as const)('%s %s', (type, name, arn) => {
    expect(mskArn(CLUSTER, type, name)).toBe(arn);
  });

  test('a star may stand for the UUID, so that rights outlive the cluster', () => {
    const any = 'arn:aws:kafka:eu-west-1:111122223333:cluster/new/*';
    expect(isClusterArn(any)).toBe(true);
    expect(mskArn(any, 'topic', 'orders')).toBe('arn:aws:kafka:eu-west-1:111122223333:topic/new/*/orders');
    expect(regionOfArn(any)).toBe('eu-west-1');
  });

  test.each([
    'arn:aws:kafka:us-east-1:0123456789:cluster/new/x',
    'arn:aws:kafka:us-east-1:111122223333:cluster/*',
    'arn:aws:sqs:us-east-1:111122223333:new',
  ])('%s is no cluster', (text) => {
    expect(isClusterArn(text)).toBe(false);
    expect(regionOfArn(text)).toBeNull();
  });
});

describe('patterns in the words of IAM', () => {
  test.each([
    { text: 'orders', names: ['orders'] },
    { text: 'orders.*', names: ['orders*'] },
    { text: 'orders\\.eu\\..*, payments', names: ['orders.eu.*', 'payments'] },
    { text: '.*', names: ['*'] },
    { text: 'orders.*,orders-eu', names: ['orders*'] },
  ])('$text loses nothing', ({ text, names }) => {
    expect(namePatterns(text)).toEqual({ names, widened: [] });
  });

  test.each([
    { text: 'orders-[0-9]+', name: 'orders-*' },
    { text: 'orders?', name: 'order*' },
    { text: 'orders|payments', name: '*' },
    { text: '(?i)orders', name: '*' },
    { text: 'a.*b', name: 'a*' },
  ])('$text becomes $name, and that is said', ({ text, name }) => {
    expect(namePatterns(text)).toEqual({ names: [name], widened: [{ item: text, name }] });
  });

  test('copies carry the name that they have on the target', () => {
    expect(namePatterns('orders.*', (name) => `msksource.${name}`).names).toEqual(['msksource.orders*']);
  });
});

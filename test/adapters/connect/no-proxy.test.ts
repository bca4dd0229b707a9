import { expect, test } from 'vitest';
import { isLeftOut } from '../../../src/adapters/connect/no-proxy.ts';

const CONNECT = { host: 'connect.internal.example', port: 8083 };

test.each([
  'connect.internal.example',
  'Connect.Internal.EXAMPLE',
  'internal.example',
  '.example',
  '*.example',
  'connect.internal.example:8083',
  'localhost, 10.0.0.1  internal.example',
  '*',
])('NO_PROXY %s leaves the worker out', (noProxy) => {
  expect(isLeftOut(CONNECT, noProxy)).toBe(true);
});

test.each(['', ',', 'connect', 'other.example', 'ternal.example', 'connect.internal.example:443'])(
  'NO_PROXY %s does not',
  (noProxy) => {
    expect(isLeftOut(CONNECT, noProxy)).toBe(false);
  },
);

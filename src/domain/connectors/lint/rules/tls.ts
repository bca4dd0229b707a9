/** Stores and certificates: what Kafka's DefaultSslEngineFactory refuses, and what it takes without a word. */
import { type ClientSide, clientSides } from '../client-sides.ts';
import type { LintView } from '../lint-view.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

export const TLS_RULES: readonly Rule[] = [
  rule({
    id: 'keystore-password-missing',
    severity: 'error',
    title: 'A keystore without its password',
    effect: 'The client refuses to start.',
    hint: 'Set ssl.keystore.password by a config provider.',
    test: (view) =>
      each(view, 'ssl.keystore.password', ({ get }) =>
        has(get, 'ssl.keystore.location') && !has(get, 'ssl.keystore.password') && !isPem(get('ssl.keystore.type'))
          ? 'is not set, and ssl.keystore.location is.'
          : null,
      ),
  }),
  rule({
    id: 'store-location-missing',
    severity: 'error',
    title: "A store's password without the store",
    effect: 'The client refuses to start.',
    hint: 'Set the location of the store beside its password, or remove the password.',
    test: (view) =>
      ['keystore', 'truststore'].flatMap((store) =>
        each(view, `ssl.${store}.password`, ({ get, keys }) =>
          has(get, `ssl.${store}.password`) &&
          !has(get, `ssl.${store}.location`) &&
          keys(`ssl.${store}.`).every((key) => !/\.(?:key|certificates|certificate\.chain)$/.test(key))
            ? `is set, and ssl.${store}.location is not.`
            : null,
        ),
      ),
  }),
  rule({
    id: 'key-password-missing',
    severity: 'notice',
    title: 'A keystore without the password of its key',
    effect: 'It works only where the key has the password of the store.',
    hint: 'Set ssl.key.password by a config provider.',
    test: (view) =>
      each(view, 'ssl.key.password', ({ get }) =>
        has(get, 'ssl.keystore.location') && !has(get, 'ssl.key.password') && !isPem(get('ssl.keystore.type'))
          ? 'is not set, and ssl.keystore.location is.'
          : null,
      ),
  }),
  rule({
    id: 'pem-type-missing',
    severity: 'error',
    title: 'PEM texts in a store of another type',
    effect: 'The client refuses to start.',
    hint: 'Set ssl.keystore.type or ssl.truststore.type to PEM.',
    test: (view) => [
      ...each(view, 'ssl.keystore.key', ({ get }) => pemIn(get, 'ssl.keystore.key', 'ssl.keystore.type')),
      ...each(view, 'ssl.truststore.certificates', ({ get }) =>
        pemIn(get, 'ssl.truststore.certificates', 'ssl.truststore.type'),
      ),
    ],
  }),
  rule({
    id: 'pem-half',
    severity: 'error',
    title: 'A client certificate without its key, or a key without its certificate',
    effect: 'The client refuses to start.',
    hint: 'Set both ssl.keystore.certificate.chain and ssl.keystore.key.',
    test: (view) =>
      ['ssl.keystore.certificate.chain', 'ssl.keystore.key'].flatMap((name, index, both) =>
        each(view, name, ({ get }) => {
          const other = both[1 - index] ?? '';
          return has(get, other) && !has(get, name) ? `is not set, and ${other} is.` : null;
        }),
      ),
  }),
  rule({
    id: 'hostname-check-off',
    severity: 'warning',
    title: 'Certificates are not compared with host names',
    effect: 'Anybody with any certificate of the same authority can pretend to be the broker.',
    hint: 'Remove ssl.endpoint.identification.algorithm: its default, https, checks the name.',
    test: (view) =>
      each(view, 'ssl.endpoint.identification.algorithm', ({ get }) =>
        get('ssl.endpoint.identification.algorithm') === '' ? 'is empty.' : null,
      ),
  }),
];

type Get = ClientSide['get'];

function each(view: LintView, name: string, tell: (side: ClientSide) => string | null): readonly Hit[] {
  return clientSides(view).flatMap((side) => {
    const found = tell(side);
    const key = side.prefix + name;
    return found === null ? [] : [hit(side.connector, key, `${key} ${found}`)];
  });
}

function has(get: Get, key: string): boolean {
  return (get(key) ?? '') !== '';
}

function isPem(type: string | null): boolean {
  return type?.toUpperCase() === 'PEM';
}

function pemIn(get: Get, key: string, type: string): string | null {
  if (!has(get, key) || isPem(get(type))) return null;
  return `is given, and ${type} is ${has(get, type) ? 'not PEM' : 'not set, which means JKS'}.`;
}

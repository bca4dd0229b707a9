/** Mechanism, login module and callback handler: pieces that only work together. */
import { isPlaceholder } from '../../redact.ts';
import { type ClientSide, clientSides, usesSasl } from '../client-sides.ts';
import { type JaasText, readJaas } from '../jaas-text.ts';
import type { LintView } from '../lint-view.ts';
import { nearest } from '../nearest.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const JAAS = 'sasl.jaas.config';
const MECHANISM = 'sasl.mechanism';
const MODULES: Readonly<Record<string, readonly string[]>> = {
  PLAIN: ['org.apache.kafka.common.security.plain.PlainLoginModule'],
  'SCRAM-SHA-256': ['org.apache.kafka.common.security.scram.ScramLoginModule'],
  'SCRAM-SHA-512': ['org.apache.kafka.common.security.scram.ScramLoginModule'],
  OAUTHBEARER: ['org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule'],
  AWS_MSK_IAM: ['software.amazon.msk.auth.iam.IAMLoginModule'],
  GSSAPI: ['com.sun.security.auth.module.Krb5LoginModule', 'com.ibm.security.auth.module.Krb5LoginModule'],
};
const MECHANISMS = Object.keys(MODULES);
const KNOWN_MODULES = [...new Set(Object.values(MODULES).flat())];
const BY_PASSWORD = ['PlainLoginModule', 'ScramLoginModule'];

export const SASL_RULES: readonly Rule[] = [
  rule({
    id: 'sasl-mechanism-missing',
    severity: 'error',
    title: 'SASL without `sasl.mechanism`',
    effect: 'Kafka takes GSSAPI (Kerberos) then, and cannot sign in.',
    hint: 'Set sasl.mechanism, e.g. to SCRAM-SHA-512 or AWS_MSK_IAM.',
    test: (view) =>
      sasl(view, MECHANISM, ({ get, keys }) =>
        get(MECHANISM) === null && keys('sasl.kerberos.').length === 0 && !usesKerberos(get(JAAS))
          ? 'is not set, and security.protocol asks for SASL.'
          : null,
      ),
  }),
  rule({
    id: 'sasl-mechanism-misspelt',
    severity: 'error',
    title: '`sasl.mechanism` is misspelt',
    effect: 'The client refuses to start, or the brokers refuse the mechanism.',
    hint: `Write one of ${MECHANISMS.join(', ')}.`,
    test: (view) =>
      sasl(view, MECHANISM, ({ get }) => {
        const meant = meantMechanism(get(MECHANISM) ?? '');
        return meant === null ? null : `is not quite ${meant}.`;
      }),
  }),
  rule({
    id: 'sasl-jaas-missing',
    severity: 'warning',
    title: 'SASL without `sasl.jaas.config`',
    effect: "Unless the worker's JVM has a JAAS file for all its clients, nobody can sign in.",
    hint: 'Set sasl.jaas.config, its secrets by a config provider.',
    test: (view) =>
      sasl(view, JAAS, ({ get }) =>
        (get(JAAS) ?? '') === '' ? 'is not set, and security.protocol asks for SASL.' : null,
      ),
  }),
  rule({
    id: 'callback-handler-missing',
    severity: 'error',
    title: 'IAM without its callback handler',
    effect: 'AWS_MSK_IAM cannot sign in without software.amazon.msk.auth.iam.IAMClientCallbackHandler.',
    hint: 'Set sasl.client.callback.handler.class to software.amazon.msk.auth.iam.IAMClientCallbackHandler.',
    test: (view) =>
      sasl(view, 'sasl.client.callback.handler.class', ({ get }) =>
        get(MECHANISM) === 'AWS_MSK_IAM' && (get('sasl.client.callback.handler.class') ?? '') === ''
          ? 'is not set, and sasl.mechanism is AWS_MSK_IAM.'
          : null,
      ),
  }),
  rule({
    id: 'iam-without-tls',
    severity: 'error',
    title: 'IAM without TLS',
    effect: 'Amazon MSK takes IAM over TLS only: the connection runs into a time-out.',
    hint: 'Set security.protocol to SASL_SSL.',
    test: (view) =>
      sasl(view, 'security.protocol', ({ get, protocol }) =>
        get(MECHANISM) === 'AWS_MSK_IAM' && protocol === 'SASL_PLAINTEXT'
          ? 'is SASL_PLAINTEXT, and sasl.mechanism AWS_MSK_IAM.'
          : null,
      ),
  }),
  rule({
    id: 'jaas-malformed',
    severity: 'error',
    title: '`sasl.jaas.config` that Kafka cannot read',
    effect: 'The client refuses to start.',
    hint: 'Write it as: <login module> required username="…" password="…"; with its semicolon.',
    test: (view) => jaas(view, ({ problem }) => (problem === null ? null : `cannot be read: ${problem}.`)),
  }),
  rule({
    id: 'jaas-module-misspelt',
    severity: 'error',
    title: 'A login module that is misspelt',
    effect: 'There is no such class: the client refuses to start.',
    hint: 'Correct the class name.',
    test: (view) =>
      jaas(view, ({ module }) => {
        const meant = module === null ? null : meantModule(module);
        return meant === null ? null : `names a login module that is not quite ${meant}.`;
      }),
  }),
  rule({
    id: 'jaas-module-unknown',
    severity: 'warning',
    title: 'A login module that nothing is known of',
    effect: 'If the worker does not have that class, the client refuses to start.',
    hint: `Known are ${KNOWN_MODULES.join(', ')}.`,
    test: (view) =>
      jaas(view, ({ module, problem }) =>
        problem !== null || module === null || KNOWN_MODULES.includes(module) || meantModule(module) !== null
          ? null
          : "names a login module that is not one of Kafka's, Amazon's or Java's.",
      ),
  }),
  rule({
    id: 'jaas-mechanism-mismatch',
    severity: 'error',
    title: 'A login module of another mechanism',
    effect: 'The client cannot sign in.',
    hint: 'Let sasl.mechanism and the login module in sasl.jaas.config be of one kind.',
    test: (view) =>
      sasl(view, JAAS, ({ get }) => {
        const mechanism = get(MECHANISM) ?? '';
        const { module } = readJaas(get(JAAS) ?? '');
        const fitting = MODULES[mechanism];
        if (fitting === undefined || module === null || !KNOWN_MODULES.includes(module)) return null;
        return fitting.includes(module) ? null : `has ${simpleName(module)}, and sasl.mechanism is ${mechanism}.`;
      }),
  }),
  rule({
    id: 'jaas-unquoted',
    severity: 'warning',
    title: 'A value in `sasl.jaas.config` without quotes',
    effect: 'It breaks, or is cut short, as soon as the value begins with a digit or holds a sign.',
    hint: 'Put quotes around it: password="…".',
    test: (view) =>
      jaas(view, ({ options }) => {
        const bare = options.filter(({ quoted, value }) => !quoted && !/^(?:true|false)$/i.test(value));
        const secret = bare.map(({ key }) => key).filter((key) => /^(?:username|password)$/i.test(key));
        if (bare.length === 0) return null;
        return secret.length === 0 ? 'has a value without quotes.' : `has no quotes around ${secret.join(' and ')}.`;
      }),
  }),
  rule({
    id: 'jaas-credentials-missing',
    severity: 'error',
    title: 'A login module without user name or password',
    effect: 'The client cannot sign in.',
    hint: 'Give both: username="…" password="…".',
    test: (view) =>
      jaas(view, ({ module, options, problem }) => {
        if (module === null || problem !== null || !BY_PASSWORD.includes(simpleName(module))) return null;
        const faults = ['username', 'password'].flatMap((name) => {
          const option = options.find(({ key }) => key === name);
          if (option === undefined) return [`no ${name}`];
          return option.value === '' ? [`an empty ${name}`] : [];
        });
        return faults.length === 0 ? null : `has ${faults.join(' and ')}.`;
      }),
  }),
];

/** `tell` completes a sentence that begins with the key. */
function sasl(view: LintView, name: string, tell: (side: ClientSide) => string | null): readonly Hit[] {
  return clientSides(view)
    .filter(usesSasl)
    .flatMap((side) => {
      const found = tell(side);
      const key = side.prefix + name;
      return found === null ? [] : [hit(side.connector, key, `${key} ${found}`)];
    });
}

function jaas(view: LintView, tell: (text: JaasText) => string | null): readonly Hit[] {
  return view.files.flatMap((connector) =>
    connector.entries
      .filter(([key]) => key.endsWith(JAAS))
      .flatMap(([key, value]) => {
        const found = tell(readJaas(value));
        return found === null ? [] : [hit(connector, key, `${view.quoteKey(key)} ${found}`)];
      }),
  );
}

function usesKerberos(jaasText: string | null): boolean {
  return jaasText !== null && readJaas(jaasText).module?.endsWith('Krb5LoginModule') === true;
}

function meantMechanism(text: string): string | null {
  if (text === '' || isPlaceholder(text) || MECHANISMS.includes(text)) return null;
  return nearest(text.toUpperCase().replaceAll('_SHA', '-SHA'), MECHANISMS);
}

/** Null for a known class, and for one that resembles none. */
function meantModule(module: string): string | null {
  if (KNOWN_MODULES.includes(module)) return null;
  return (
    nearest(module, KNOWN_MODULES) ?? KNOWN_MODULES.find((known) => simpleName(known) === simpleName(module)) ?? null
  );
}

function simpleName(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1);
}

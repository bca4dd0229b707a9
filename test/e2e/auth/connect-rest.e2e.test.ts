/** Plan and apply at a real worker's REST interface: TLS, basic auth, client certificates, tokens and proxies. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proxyFromEnvironment } from '../../../src/adapters/connect/http.ts';
import { readConnect } from '../../../src/testbed/connect-rest.ts';
import { type ConnectWorker, startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { mm2Connectors } from '../../../src/testbed/mm2.ts';
import { basicAuthorization, type SecureRest, secureRest } from '../../../src/testbed/security/secure-rest.ts';
import { ownName } from '../../support/names.ts';
import { type ForwardProxy, type Front, httpProxy, tlsFront } from './rest-fronts.ts';
import { authority, errorsOf, type RawInputs, runWith, type SecureRun, secureBed, sideInputs } from './secure-run.ts';

const USER = 'deployer';
const PASSWORD = 'p"a ss\\w=o:r;d$#';
const TOKEN = 'token-of-the-front-0815';
const PROXY_PASSWORD = 'proxy-secret';
/** A name that only a proxy can find; the worker's certificate is made out to it. */
const HOST = 'connect.bed.test';
const name = ownName('rest');

let users: { readonly worker: ConnectWorker; readonly rest: SecureRest };
let mtls: { readonly worker: ConnectWorker; readonly rest: SecureRest };
const fronts: Front[] = [];

beforeAll(async () => {
  const start = async (groupId: string, options: Pick<Parameters<typeof secureRest>[0], 'tls' | 'users'>) => {
    const rest = await secureRest({ folder: join(secureBed.folder, groupId), authority, ...options });
    const cluster = secureBed.target.address;
    return { rest, worker: await startConnectWorker({ cluster, groupId, ...rest.options }) };
  };
  // One after the other: two workers that start at once take longer than that on two cores.
  users = await start(`${name}-users`, { tls: 'server', users: { [USER]: PASSWORD } });
  mtls = await start(`${name}-mtls`, { tls: 'mtls' });
});
afterAll(async () => {
  await Promise.all([...fronts.map((front) => front.stop()), users?.worker.stop(), mtls?.worker.stop()]);
});

const kept = async <T extends Front>(starting: Promise<T>): Promise<T> => {
  const front = await starting;
  fronts.push(front);
  return front;
};
const portOf = (url: string) => new URL(url).port;
const upstream = () => ({ url: users.worker.url, authorization: basicAuthorization(USER, PASSWORD) });

const ca = () => ({ 'connect-ca': authority.caPem() });
const login = { 'connect-username': USER, 'connect-password': PASSWORD };
const clientCertificate = (which: 'client' | 'unknown-ca-client' | 'expired-client') => ({
  'connect-certificate': authority.certificate(which).certificatePem,
  'connect-key': authority.certificate(which).keyPem,
});

interface Attempt {
  readonly inputs: RawInputs;
  readonly proxy?: ForwardProxy;
  /** Variables of the environment beside those of the proxy. */
  readonly environment?: RawInputs;
}

function runAt(command: 'plan' | 'apply', { inputs, proxy, environment }: Attempt, more: RawInputs) {
  const ofProxy = proxy === undefined ? {} : { HTTP_PROXY: proxy.url, https_proxy: proxy.url };
  const raw = { command, ...sideInputs('target', 'none'), 'target-alias': `${name}dst`, ...more, ...inputs };
  return runWith(raw, proxyFromEnvironment({ ...ofProxy, ...environment }));
}

let lastInterval = 0;
/** A file that differs from what the worker has: each way in has to write something. */
async function changedFile(): Promise<{ readonly connectors: string; readonly interval: string }> {
  lastInterval += 1;
  const interval = String(lastInterval);
  const bed = { source: secureBed.source.address, target: secureBed.target.address, connectUrl: null };
  const properties = { heartbeat: { 'emit.heartbeats.interval.seconds': interval } };
  const options = { name, sourceAlias: `${name}src`, targetAlias: `${name}dst`, properties };
  const config = mm2Connectors(bed, options).find((one) => one['name'] === `${name}-heartbeat`);
  const folder = join(secureBed.folder, `${name}-${interval}`);
  await mkdir(folder);
  await writeFile(join(folder, 'heartbeat.json'), JSON.stringify(config));
  return { connectors: join(folder, '*.json'), interval };
}

async function storedInterval({ worker }: { readonly worker: ConnectWorker }): Promise<unknown> {
  const call = { authorization: basicAuthorization(USER, PASSWORD) };
  const config = await readConnect(worker.url, `/connectors/${name}-heartbeat/config`, call);
  return (config as Record<string, unknown>)['emit.heartbeats.interval.seconds'];
}

function saysNoSecret(ran: SecureRun): void {
  const said = [...ran.lines, ...errorsOf(ran), JSON.stringify(ran.report.connectors)].join('\n');
  for (const secret of [PASSWORD, TOKEN, PROXY_PASSWORD, basicAuthorization(USER, PASSWORD).slice(6)]) {
    expect(said).not.toContain(secret);
  }
}

describe('plan and apply', () => {
  const ways: Readonly<Record<string, () => Promise<Attempt & { readonly at?: 'mtls' }>>> = {
    'http with basic auth': async () => ({ inputs: { 'connect-url': users.worker.url, ...login } }),
    'https of a private authority with basic auth': async () => ({
      inputs: { 'connect-url': users.rest.httpsUrl, ...ca(), ...login },
    }),
    'https with a client certificate': async () => ({
      at: 'mtls',
      inputs: { 'connect-url': mtls.rest.httpsUrl, ...ca(), ...clientCertificate('client') },
    }),
    'https with a token': async () => {
      const front = await kept(tlsFront(authority.certificate('server'), upstream(), TOKEN));
      return { inputs: { 'connect-url': front.url, ...ca(), 'connect-token': TOKEN } };
    },
    'http through HTTP_PROXY': async () => ({
      proxy: await kept(httpProxy()),
      inputs: { 'connect-url': `http://${HOST}:${portOf(users.worker.url)}`, ...login },
    }),
    'https through a tunnel of HTTPS_PROXY': async () => ({
      proxy: await kept(httpProxy()),
      inputs: { 'connect-url': `https://${HOST}:${portOf(users.rest.httpsUrl)}`, ...ca(), ...login },
    }),
    'https with a client certificate through a tunnel': async () => ({
      at: 'mtls',
      proxy: await kept(httpProxy()),
      inputs: {
        'connect-url': `https://${HOST}:${portOf(mtls.rest.httpsUrl)}`,
        ...ca(),
        ...clientCertificate('client'),
      },
    }),
    'https through a proxy that wants a login': async () => {
      const proxy = await kept(httpProxy(`runner:${PROXY_PASSWORD}`));
      const url = proxy.url.replace('//', `//runner:${PROXY_PASSWORD}@`);
      return {
        proxy: { ...proxy, url },
        inputs: { 'connect-url': `https://${HOST}:${portOf(users.rest.httpsUrl)}`, ...ca(), ...login },
      };
    },
  };

  test.each(Object.entries(ways))('%s', async (_way, prepare) => {
    const attempt = await prepare();
    const { connectors, interval } = await changedFile();
    const planned = await runAt('plan', attempt, { connectors });
    expect(errorsOf(planned)).toEqual([]);
    expect(planned.report.result).toBe('changed');

    const applied = await runAt('apply', attempt, { connectors });
    expect(errorsOf(applied)).toEqual([]);
    expect(applied.report.result).toBe('changed');
    expect(await storedInterval(attempt.at === 'mtls' ? mtls : users)).toBe(interval);
    if (attempt.proxy !== undefined) {
      expect(attempt.proxy.asked.length).toBeGreaterThan(0);
      expect(attempt.proxy.asked.every((url) => url.includes(`${HOST}:`))).toBe(true);
    }
    for (const ran of [planned, applied]) saysNoSecret(ran);
  });

  test('a worker on this machine is asked without the proxy of the environment', async () => {
    const proxy = await kept(httpProxy());
    const inputs = { 'connect-url': users.rest.httpsUrl, ...ca(), ...login };
    const { connectors } = await changedFile();
    const planned = await runAt('plan', { inputs, proxy }, { connectors });
    expect(planned.report).toMatchObject({ result: 'changed', errors: [] });
    expect(proxy.asked).toEqual([]);
  });
});

describe('what a person reads when it fails', () => {
  interface Failure {
    readonly code: string;
    readonly message: RegExp;
    readonly hint: RegExp;
  }
  const failures: Readonly<Record<string, readonly [() => Promise<Attempt>, Failure]>> = {
    'a wrong password': [
      async () => ({
        inputs: { 'connect-url': users.rest.httpsUrl, ...ca(), ...login, 'connect-password': 'wrong' },
      }),
      { code: 'CONNECT_AUTHENTICATION', message: /the user deployer was refused \(401\)/, hint: /connect-password/ },
    ],
    'no login': [
      async () => ({ inputs: { 'connect-url': users.rest.httpsUrl, ...ca() } }),
      { code: 'CONNECT_AUTHENTICATION', message: /401/, hint: /connect-username and connect-password/ },
    ],
    'a wrong token': [
      async () => {
        const front = await kept(tlsFront(authority.certificate('server'), upstream(), TOKEN));
        return { inputs: { 'connect-url': front.url, ...ca(), 'connect-token': 'wrong' } };
      },
      { code: 'CONNECT_AUTHENTICATION', message: /token was refused \(401\)/, hint: /connect-token/ },
    ],
    'an authority that nobody trusts': [
      async () => ({ inputs: { 'connect-url': users.rest.httpsUrl, ...login } }),
      { code: 'CONNECT_UNREACHABLE', message: /certificate is not trusted/, hint: /connect-ca/ },
    ],
    'another authority': [
      async () => ({
        inputs: { 'connect-url': users.rest.httpsUrl, ...login, 'connect-ca': authority.caPem('unknown-ca') },
      }),
      { code: 'CONNECT_UNREACHABLE', message: /certificate is not trusted/, hint: /connect-ca/ },
    ],
    'an expired certificate': [
      async () => {
        const front = await kept(tlsFront(authority.certificate('expired-server'), upstream()));
        return { inputs: { 'connect-url': front.url, ...ca() } };
      },
      { code: 'CONNECT_UNREACHABLE', message: /certificate .*expired/i, hint: /Renew/ },
    ],
    'a certificate for another host': [
      async () => {
        const front = await kept(tlsFront(authority.certificate('other-host-server'), upstream()));
        return { inputs: { 'connect-url': front.url, ...ca() } };
      },
      {
        code: 'CONNECT_UNREACHABLE',
        message: /certificate is not for 127\.0\.0\.1 but for DNS:elsewhere\.example/,
        hint: /host name in the certificate/,
      },
    ],
    'no client certificate': [
      async () => ({ inputs: { 'connect-url': mtls.rest.httpsUrl, ...ca() } }),
      {
        code: 'CONNECT_AUTHENTICATION',
        message: /client certificate|TLS/,
        hint: /connect-certificate and connect-key/,
      },
    ],
    'a client certificate of another authority': [
      async () => ({
        inputs: { 'connect-url': mtls.rest.httpsUrl, ...ca(), ...clientCertificate('unknown-ca-client') },
      }),
      {
        code: 'CONNECT_AUTHENTICATION',
        message: /client certificate CN=stranger, signed by CN=Test bed unknown-ca/,
        hint: /connect-certificate/,
      },
    ],
    'http to the TLS port': [
      async () => ({ inputs: { 'connect-url': users.rest.httpsUrl.replace('https', 'http'), ...login } }),
      { code: 'CONNECT_UNREACHABLE', message: /the port speaks TLS/, hint: /https:/ },
    ],
    'https to the plain port': [
      async () => ({ inputs: { 'connect-url': users.worker.url.replace('http', 'https'), ...ca(), ...login } }),
      { code: 'CONNECT_UNREACHABLE', message: /does not speak TLS/, hint: /http:/ },
    ],
    'a proxy that wants a login': [
      async () => ({
        proxy: await kept(httpProxy(`runner:${PROXY_PASSWORD}`)),
        inputs: { 'connect-url': `https://${HOST}:${portOf(users.rest.httpsUrl)}`, ...ca(), ...login },
      }),
      { code: 'CONNECT_AUTHENTICATION', message: /through the proxy .* 407/, hint: /HTTPS_PROXY/ },
    ],
    'a host in NO_PROXY, which only the proxy would find': [
      async () => ({
        proxy: await kept(httpProxy()),
        environment: { NO_PROXY: `elsewhere.example,${HOST}` },
        inputs: { 'connect-url': `https://${HOST}:${portOf(users.rest.httpsUrl)}`, ...ca(), ...login },
      }),
      { code: 'CONNECT_UNREACHABLE', message: /host name connect\.bed\.test is unknown/, hint: /DNS|resolve/ },
    ],
  };

  test.each(Object.entries(failures))('%s', async (_what, [prepare, failure]) => {
    const attempt = await prepare();
    const { connectors } = await changedFile();
    const ran = await runAt('apply', attempt, { connectors });
    expect(ran.report.result).toBe('failed');
    expect(ran.report.errors).toMatchObject([{ code: failure.code }]);
    expect(ran.report.errors[0]?.message).toMatch(/^connect-url https?:\/\/[\w.]+:\d+/);
    expect(ran.report.errors[0]?.message).toMatch(failure.message);
    expect(ran.report.errors[0]?.hint).toMatch(failure.hint);
    saysNoSecret(ran);
  });
});

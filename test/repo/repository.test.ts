import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../src/version.ts';
import { relativeLinks } from './documents.ts';
import { lockViolations, machineViolations } from './repository-rules.ts';
import { ROOT, readTracked } from './tracked-files.ts';

const repository = readTracked();
const manifest = JSON.parse(textOf('package.json')) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Hosts in the settings of the package managers that are not the public ones. */
function hostsOfThisMachine(): readonly string[] {
  const settings = ['npm_config_registry', 'GOPROXY', 'PIP_INDEX_URL', 'HTTP_PROXY', 'HTTPS_PROXY'];
  const urls = settings.flatMap((name) => (process.env[name] ?? '').split(/[,|]/)).filter((url) => URL.canParse(url));
  const publicOnes = /(?:^|\.)(?:npmjs\.org|golang\.org|pypi\.org|localhost)$|^127\./;
  return urls.map((url) => new URL(url).hostname).filter((host) => host !== '' && !publicOnes.test(host));
}

describe('the repository', () => {
  test('has one version', () => {
    expect(VERSION).toBe(manifest.version);
    expect(textOf('CHANGELOG.md')).toContain(`## ${manifest.version}`);
  });

  test('pins its dependencies exactly', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  });

  test('names no machine, and no registry', () => {
    expect(machineViolations(repository, hostsOfThisMachine())).toEqual([]);
    expect(machineViolations(new Map([['dist/index.js', textOf('dist/index.js')]]), hostsOfThisMachine())).toEqual([]);
    expect(lockViolations(textOf('package-lock.json'))).toEqual([]);
  });

  test('would tell a machine and a registry', () => {
    const path = ['', 'home', 'somebody', 'project', 'x.ts'].join('/');
    expect(machineViolations(new Map([['a.md', `see ${path} there`]]), [])).toHaveLength(1);
    expect(machineViolations(new Map([['a.md', 'https://npm.corp.example/x']]), ['npm.corp.example'])).toHaveLength(1);
    expect(machineViolations(new Map([['a.md', '~/work/x, a/root/b and https://host/root/x']]), [])).toEqual([]);
    const entry = { resolved: 'https://npm.corp.example/x.tgz', integrity: 'sha512-x' };
    expect(lockViolations(JSON.stringify({ packages: { '': {}, x: entry } }))).toEqual([
      'x: resolved npm.corp.example',
    ]);
    expect(lockViolations(JSON.stringify({ packages: { x: {} } }))).toEqual(['x: no integrity']);
    const needy = { integrity: 'sha512-x', optionalDependencies: { 'x-for-another-platform': '1.0.0' } };
    expect(lockViolations(JSON.stringify({ packages: { x: needy } }))).toEqual([
      'x: x-for-another-platform is not locked',
    ]);
  });

  test('has its check where CI looks for it, executable', () => {
    expect(textOf('.github/workflows/ci.yml')).toContain('run: bash .ci/run\n');
    expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0);
  });
});

describe('documents', () => {
  const documents = [...repository].filter(([path]) => path.endsWith('.md'));

  test.each(documents)('%s links to files that are there', (path, text) => {
    const links = relativeLinks(text).filter((link) => link !== '');
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });

  test.each(documents.filter(([path]) => !path.includes('/')))('%s names paths that are there', (_path, text) => {
    const spans = [...text.matchAll(/`((?:src|test|docs|examples|dist)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(spans.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test.each(documents)('%s names npm scripts that are there', (_path, text) => {
    const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});

/** What the images of the kit are made of: facts of their Dockerfiles, and the jars that bin/build lets in. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const DEPLOY = join(import.meta.dirname, '../../deploy');

interface Instruction {
  readonly name: string;
  readonly words: string;
}

/** Without comments, with continued lines as one. */
function instructions(part: string): readonly Instruction[] {
  const text = readFileSync(join(DEPLOY, part, 'Dockerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ');
  return text
    .split('\n')
    .map((line) => /^(\w+)\s+(.+)$/.exec(line))
    .flatMap((found) => (found === null ? [] : [{ name: found[1] ?? '', words: (found[2] ?? '').trim() }]));
}

const wordsOf = (all: readonly Instruction[], name: string) =>
  all.filter((one) => one.name === name).map(({ words }) => words);

describe.each(['connect', 'prometheus', 'grafana'])('the Dockerfile of %s', (part) => {
  const all = instructions(part);

  test('names every image by its digest', () => {
    const named = new Map(wordsOf(all, 'ARG').map((words) => words.split('=', 2) as [string, string]));
    const images = wordsOf(all, 'FROM').map((words) => words.split(' ')[0] ?? '');
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      const [, argument] = /^\$\{(\w+)\}$/.exec(image) ?? [];
      expect(argument === undefined ? image : named.get(argument)).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    }
  });
});

describe('the image of the worker', () => {
  const all = instructions('connect');
  const last = all.slice(all.findLastIndex(({ name }) => name === 'FROM'));

  test('runs as a user that is not root, by its number', () => {
    const [user, ...others] = wordsOf(last, 'USER');
    expect(others).toEqual([]);
    const [, uid, gid] = /^(\d+):(\d+)$/.exec(user ?? '') ?? [];
    expect([Number(uid), Number(gid)].filter((id) => id >= 1_000)).toHaveLength(2);
    expect(last.findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      last.findLastIndex(({ name }) => name === 'RUN'),
    );
  });

  test('becomes its entry point without a shell, and is asked for its health', () => {
    expect(wordsOf(last, 'ENTRYPOINT').map((words) => JSON.parse(words))).toEqual([['/opt/connect/bin/connect']]);
    const [health] = wordsOf(last, 'HEALTHCHECK');
    expect(JSON.parse(/ CMD (\[.+\])$/.exec(health ?? '')?.[1] ?? 'null')).toEqual(['/opt/connect/bin/health']);
    expect(health).toMatch(/--start-period=\d+s/);
  });

  test('copies into its context every folder that bin/build reads', () => {
    const build = readFileSync(join(DEPLOY, 'connect/bin/build'), 'utf8');
    const read = [...build.matchAll(/\$here"?\/(\w[\w.-]*)/g)].map(([, path]) => path);
    const kept = readFileSync(join(DEPLOY, 'connect/.dockerignore'), 'utf8');
    expect([...new Set(read)].filter((path) => !kept.includes(`\n!${path}\n`))).toEqual([]);
    expect(read).toContain('classes');
  });
});

describe('bin/build', () => {
  const AGENT = 'jmx_prometheus_javaagent-1.0.jar';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mm2-build-'));
    cpSync(join(DEPLOY, 'connect'), join(folder, 'connect'), { recursive: true });
    mkdirSync(join(folder, 'programs'));
    for (const name of ['javac', 'jar']) standIn(name, 'exit 0');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function standIn(name: string, lines: string): void {
    const path = join(folder, 'programs', name);
    writeFileSync(path, `#!/bin/bash\n${lines}\n`);
    chmodSync(path, 0o755);
  }

  /** With a Maven that brings these jars, after their checksums were noted with those. */
  function build(noted: Readonly<Record<string, string>>, brought: Readonly<Record<string, string>>) {
    const jars = join(folder, 'jars');
    const fill = (files: Readonly<Record<string, string>>) => {
      rmSync(jars, { recursive: true, force: true });
      mkdirSync(jars);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(jars, name), text);
    };
    fill(noted);
    const sums = spawnSync('bash', ['-c', 'sha256sum -- *.jar'], { cwd: jars, encoding: 'utf8' });
    writeFileSync(join(folder, 'connect/plugins/checksums.sha256'), sums.stdout);
    fill(brought);
    standIn(
      'mvn',
      `for word; do case "$word" in -DoutputDirectory=*) to="\${word#*=}";; esac; done\nmkdir -p "$to" && cp ${jars}/* "$to"`,
    );
    return spawnSync('bash', [join(folder, 'connect/bin/build'), join(folder, 'out')], {
      env: { PATH: `${folder}/programs:/usr/bin:/bin`, TMPDIR: folder },
      encoding: 'utf8',
    });
  }

  const RIGHT = { [AGENT]: 'agent', 'kafka.jar': 'kafka' };

  test('takes jars that are as they were noted', () => {
    const { status, stderr } = build(RIGHT, RIGHT);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'out/bin')).sort()).toEqual(['connect', 'health']);
    expect(readFileSync(join(folder, 'out/agent/jmx_prometheus_javaagent.jar'), 'utf8')).toBe('agent');
  });

  test.each([
    ['whose checksum is another', { ...RIGHT, 'kafka.jar': 'other' }, 'kafka.jar: FAILED'],
    ['that nobody noted', { ...RIGHT, 'more.jar': 'more' }, 'libs holds jars without a checksum'],
  ])('refuses a jar %s', (_, brought, words) => {
    const { status, stdout, stderr } = build(RIGHT, brought);
    expect(`${stdout}${stderr}`).toContain(words);
    expect(status).not.toBe(0);
    expect(readdirSync(join(folder, 'out'))).toEqual(['libs']);
  });

  test('refuses to go on without a jar that was noted', () => {
    const { status, stderr } = build(RIGHT, { [AGENT]: 'agent' });
    expect(stderr).toContain('kafka.jar');
    expect(status).not.toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createActionsLog } from '../../../src/adapters/github/actions-log.ts';
import { annotate, maskSecrets } from '../../../src/adapters/github/publish.ts';

let printed = '';

beforeEach(() => {
  printed = '';
  vi.stubEnv('RUNNER_DEBUG', '');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function lines(): string[] {
  return printed.trimEnd().split('\n');
}

describe('the log of a step', () => {
  test('folds each stage into a group of its own', () => {
    const log = createActionsLog();
    log.stage('Read checkpoints');
    log.info('12 groups');
    log.stage('Commit');
    log.warn('one broker is slow');
    log.end();
    log.info('done');
    expect(lines()).toEqual([
      '::group::Read checkpoints',
      '12 groups',
      '::endgroup::',
      '::group::Commit',
      'Warning: one broker is slow',
      '::endgroup::',
      'done',
    ]);
  });

  test('takes no command from what it prints', () => {
    const log = createActionsLog();
    const hostile = 'topic\n::set-output name=x::y\r\n  ::add-mask::mskdest\n##[error]no %0A::error::z';
    log.info(hostile);
    log.warn(hostile);
    expect(lines().filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
    log.stage(hostile);
    log.end();
    expect(lines().filter((line) => line.startsWith('::'))).toEqual([
      '::group::topic \\::set-output name=x::y   \\::add-mask::mskdest ##\\[error]no %250A::error::z',
      '::endgroup::',
    ]);
  });

  test('says what is for debugging only when it is on', () => {
    createActionsLog().debug('request 7');
    expect(printed).toBe('');
    vi.stubEnv('RUNNER_DEBUG', '1');
    createActionsLog().debug('request 7\n::error::x');
    expect(lines()).toEqual(['::debug::request 7', '::debug::\\::error::x']);
  });
});

test('every secret is masked, line feeds and percent signs included; an empty one is not', () => {
  maskSecrets(['s3cret', '', '  ', '50%\noff']);
  expect(lines()).toEqual(['::add-mask::s3cret', '::add-mask::50%25%0Aoff']);
});

test('an annotation is one command, whatever its words are', () => {
  annotate([{ kind: 'warning', title: 'a,b::c', message: 'x\n::error::y' }]);
  expect(lines()).toEqual(['::warning title=a%2Cb%3A%3Ac::x%0A::error::y']);
});

test('an annotation names its file and line, whatever the name of the file is', () => {
  annotate([{ kind: 'error', title: 'key-unknown', message: 'x', file: 'c,o::n/a.json', line: 7 }]);
  expect(lines()).toEqual(['::error title=key-unknown,file=c%2Co%3A%3An/a.json,line=7::x']);
});

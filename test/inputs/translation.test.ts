import { describe, expect, test } from 'vitest';
import { formatByteSize, parseByteSize } from '../../src/inputs/values/byte-size.ts';
import { eachBadInput, parse, problemsOf, type Raw, SYNC } from './reading.ts';

const BOTH: Raw = { ...SYNC, 'source-bootstrap-servers': 'old-1:9092' };

describe('how offsets are translated', () => {
  test('exact with a source, by checkpoints without one', () => {
    expect(parse(BOTH).translation.mode).toBe('exact');
    expect(parse(SYNC).translation.mode).toBe('checkpoint');
  });

  test('comparing records can be switched off, bounded and slowed down', () => {
    const off = parse({ ...BOTH, translation: 'checkpoint' });
    expect(off.translation.mode).toBe('checkpoint');
    const { translation } = parse({ ...BOTH, translation: 'exact', 'max-scan': '2500', 'scan-rate': '8MiB' });
    expect(translation).toEqual({ mode: 'exact', maxScan: 2_500, scanBytesPerSecond: 8_388_608 });
  });

  test('a config file shared with a command that translates nothing may ask for exact', () => {
    const files = { 'c.yml': 'translation: exact\ntarget-bootstrap-servers: new-1:9092\n' };
    expect(problemsOf({ command: 'export', config: 'c.yml' }, files)).toEqual([]);
  });

  test('said where the command compares nothing', () => {
    const apply = { command: 'apply', 'connect-url': 'http://connect:8083', connectors: '*.json' };
    expect(parse({ ...apply, 'max-scan': '5' }).notices).toEqual([
      'max-scan is not used by apply, only by plan, sync, check and migrate.',
    ]);
  });
});

describe('bad input: a translation', () => {
  eachBadInput({
    'exact without a source': {
      given: { ...SYNC, translation: 'exact' },
      problem: {
        input: 'translation',
        expected: 'checkpoint, since no source is given',
        seen: '"exact"',
        hint: 'Give the source, or leave translation out: without a source MirrorMaker 2 is taken at its word.',
      },
    },
    'a way that there is not': {
      given: { ...BOTH, translation: 'exakt' },
      problem: {
        input: 'translation',
        expected: 'exact or checkpoint',
        seen: '"exakt"',
        hint: 'Did you mean exact? Write it as listed, in lower case.',
      },
    },
    'a scan of nothing': {
      given: { ...BOTH, 'max-scan': '0' },
      problem: {
        input: 'max-scan',
        expected: 'a whole number of at least 1',
        seen: '"0"',
        hint: 'Digits only, without separators and units.',
      },
    },
    'a number with separators': {
      given: { ...BOTH, 'max-scan': '100_000' },
      problem: {
        input: 'max-scan',
        expected: 'a whole number of at least 1',
        seen: '"100_000"',
        hint: 'Digits only, without separators and units.',
      },
    },
    'a rate with a space': {
      given: { ...BOTH, 'scan-rate': '50 MB' },
      problem: {
        input: 'scan-rate',
        expected: 'a size such as 50MB or 64MiB',
        seen: '"50 MB"',
        hint: 'A whole number with KB, MB, GB, KiB, MiB or GiB, without a space; without a unit it counts bytes.',
      },
    },
    'a rate without its unit': {
      given: { ...BOTH, 'scan-rate': '50' },
      problem: {
        input: 'scan-rate',
        expected: 'a size of at least 10KB',
        seen: '"50"',
        hint: 'A number without a unit counts bytes.',
      },
    },
  });
});

describe('sizes', () => {
  test.each([
    ['65536', 65_536],
    ['50MB', 50_000_000],
    ['1500KB', 1_500_000],
    ['64MiB', 67_108_864],
    ['1gib', 1_073_741_824],
    ['2GB', 2_000_000_000],
    ['10KiB', 10_240],
  ])('%s', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
    expect(parseByteSize(formatByteSize(bytes))).toBe(bytes);
  });

  test.each(['', 'MB', '5 MB', '1.5MB', '-5', '5B', '5M', '1e6', '9007199254740993', '10000000GB'])(
    '%j is none',
    (text) => {
      expect(parseByteSize(text)).toBeNull();
    },
  );
});

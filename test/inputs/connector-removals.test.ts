import { describe, expect, test } from 'vitest';
import { checkRemovals } from '../../src/inputs/connector-removals.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import { runInputs } from '../support/run-inputs.ts';

const HASH = `${'0'.repeat(25)}.${'a'.repeat(29)}`;

function connector(name: string, file: string) {
  return { name, class: 'X', config: { name }, file, lines: new Map<string, number>() };
}

function removing(...removeConnectors: string[]) {
  return runInputs('/tmp', { apply: { removeConnectors } }).apply;
}

describe('remove-connectors', () => {
  test('takes names that nothing else wants', () => {
    expect(() => checkRemovals(removing('old'), [connector('new', 'new.json')])).not.toThrow();
  });

  test('refuses a name that a file holds or that is generated', () => {
    const desired = [connector('a', 'a.json'), connector('b', 'generated'), connector('c', 'c.json')];
    expect(() => checkRemovals(removing('a', 'b'), desired)).toThrow(
      'remove-connectors: expected names of connectors that are to go, seen "a", which a.json holds as well. Take it out of remove-connectors, or out of the files.\nremove-connectors: expected names of connectors that are to go, seen "b", which is generated as well.',
    );
  });
});

describe('approved-plan', () => {
  const read = (approved: string) => {
    const raw = new Map([
      ['command', 'apply'],
      ['connect-url', 'http://connect:8083'],
      ['connectors', 'a.json'],
      ['approved-plan', approved],
    ]);
    const readFile = () => {
      throw new Error('no file is named');
    };
    return parseInputs(raw, { readFile }).apply.approvedPlan;
  };

  test('is a plan-hash', () => {
    expect(read(HASH)).toBe(HASH);
  });

  test.each(['abc', HASH.slice(0, -1), 'from-pr'])('is bad input otherwise: %s', (text) => {
    expect(() => read(text)).toThrow(`approved-plan: expected a plan-hash, whole and as plan gave it, seen "${text}".`);
  });
});

import { expect, test } from 'vitest';
import { terminalLook } from '../../../src/adapters/terminal/terminal-look.ts';

const look = (isTerminal: boolean, environment: Readonly<Record<string, string>>) =>
  terminalLook(isTerminal, (name) => environment[name]);

test.each([
  ['a terminal', true, {}, { color: true, live: true }],
  ['a pipe', false, {}, { color: false, live: false }],
  ['NO_COLOR', true, { NO_COLOR: '1' }, { color: false, live: true }],
  ['NO_COLOR, whatever it says', true, { NO_COLOR: '0' }, { color: false, live: true }],
  ['an empty NO_COLOR, which no-color.org does not count', true, { NO_COLOR: '' }, { color: true, live: true }],
  ['FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, { color: true, live: false }],
  ['FORCE_COLOR=0', false, { FORCE_COLOR: '0' }, { color: false, live: false }],
  ['NO_COLOR against FORCE_COLOR', false, { NO_COLOR: '1', FORCE_COLOR: '1' }, { color: false, live: false }],
  ['a terminal that knows no sequences', true, { TERM: 'dumb' }, { color: false, live: false }],
  ['a CI with a pseudo terminal', true, { CI: 'true' }, { color: true, live: false }],
  ['CI=false', true, { CI: 'false' }, { color: true, live: true }],
])('%s', (_, isTerminal, environment, expected) => {
  expect(look(isTerminal, environment)).toEqual(expected);
});

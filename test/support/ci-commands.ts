/** What CI systems obey in the log of a step. */
import { expect } from 'vitest';

/** Select Graphic Rendition: colours, which are ours. */
const COLOR = new RegExp(`${String.fromCharCode(27)}\\[\\d*m`, 'g');
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const COMMANDS = [
  /^\s*::/, // GitHub Actions
  /##\[/, // GitHub Actions, Azure Pipelines
  /##vso\[/i, // Azure Pipelines
  /##teamcity\[/i,
  /section_(?:start|end):/, // GitLab
  /travis_(?:fold|time):/,
  /^(?:---|\+\+\+|~~~|\^\^\^)(?: |$)/, // Buildkite
];

export function expectNoCommand(lines: readonly string[]): void {
  const plain = lines.map((line) => line.replace(COLOR, ''));
  expect(plain.filter((line) => CONTROLS.test(line) || COMMANDS.some((command) => command.test(line)))).toEqual([]);
}

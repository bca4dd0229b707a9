import { describe } from 'vitest';
import { eachBadInput, SYNC } from './reading.ts';

describe('bad input: the config file', () => {
  eachBadInput({
    'a file that is not there': {
      given: { ...SYNC, config: '.github/mm2.yml' },
      problem: {
        input: 'config',
        expected: 'the path of a readable YAML file',
        seen: '".github/mm2.yml" (no such file)',
        hint: 'The path counts from the working folder: check out the repository before this step.',
      },
    },
    'no YAML': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'topics: [a\ngroups: "x"' },
      problem: {
        input: 'config',
        expected: 'a YAML file',
        seen: 'BAD_INDENT on line 2 of c.yml',
        hint: 'Quote values that hold one of `: # { [ * & ! | > % @`.',
      },
    },
    'a key twice': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'topics: a\ntopics: b' },
      problem: {
        input: 'config',
        expected: 'a YAML file',
        seen: 'DUPLICATE_KEY on line 2 of c.yml',
        hint: 'Each input is given once.',
      },
    },
    'a sequence': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': '- topics' },
      problem: {
        input: 'config',
        expected: 'input names with their values',
        seen: 'a sequence in c.yml',
        hint: 'Write one `name: value` a line.',
      },
    },
    'an unknown name': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'target_password: hunter2hunter2' },
      problem: {
        input: 'config',
        expected: 'names of inputs',
        seen: '"target_password" in c.yml',
        hint: 'Did you mean target-password? The README lists all inputs.',
      },
    },
    'a secret': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'target-password: hunter2hunter2' },
      problem: {
        input: 'target-password',
        expected: 'no secret in the config file',
        seen: 'target-password in c.yml',
        hint: 'Files in a repository are read by many: give it as a secret of the workflow, or as env:NAME on the command line.',
      },
    },
    'another config': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'config: d.yml' },
      problem: {
        input: 'config',
        expected: 'names of inputs',
        seen: '"config" in c.yml',
        hint: 'A config file cannot name another one.',
      },
    },
    'a structure': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'source-alias: [a, b]' },
      problem: {
        input: 'source-alias',
        expected: 'one value',
        seen: 'another structure in c.yml',
        hint: 'Write it as the input is written in a workflow.',
      },
    },
    'inline properties': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'source-properties: |\n  bootstrap.servers=a:1\n  sasl.jaas.config=hunter2hunter2' },
      problem: {
        input: 'source-properties',
        expected: 'a path',
        seen: 'inline properties in c.yml',
        hint: 'Inline properties often hold a password: keep them in a file or a secret.',
      },
    },
    'a wrong value in it': {
      given: { ...SYNC, config: 'c.yml' },
      files: { 'c.yml': 'interval: 100ms' },
      problem: {
        input: 'interval',
        expected: 'a duration of at least 1s',
        seen: '"100ms" in c.yml',
        hint: 'A number without a unit counts seconds.',
      },
    },
  });
});

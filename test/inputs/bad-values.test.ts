import { describe } from 'vitest';
import { eachBadInput, SYNC } from './reading.ts';

const apply = { command: 'apply', 'connect-url': 'http://connect:8083', connectors: 'c/*.json' };

describe('bad input: a value', () => {
  eachBadInput({
    'an unknown command': {
      given: { ...SYNC, command: 'snyc' },
      problem: {
        input: 'command',
        expected: 'plan, apply, sync, check, migrate, export, rollback or report',
        seen: '"snyc"',
        hint: 'Did you mean sync? Write it as listed, in lower case.',
      },
    },
    'migrate as a dry run': {
      given: {
        ...SYNC,
        command: 'migrate',
        'source-bootstrap-servers': 's:9092',
        'connect-url': 'http://c:8083',
        connectors: '*.json',
        'dry-run': 'true',
      },
      problem: {
        input: 'dry-run',
        expected: 'nothing, or false, with migrate',
        seen: '"true"',
        hint: 'To see what migrate would do, use plan, and check for the gate.',
      },
    },
    'a rollback from nothing': {
      given: { command: 'rollback', 'target-bootstrap-servers': 'b:9092' },
      problem: {
        input: 'rollback-from',
        expected: 'the offsets export to restore',
        seen: 'nothing',
        hint: 'Give the file that an earlier run left: its output offsets-export.',
      },
    },
    'an unknown input': {
      given: { ...SYNC, 'taget-alias': 'x' },
      problem: {
        input: '"taget-alias"',
        expected: 'the name of an input',
        seen: 'an unknown name',
        hint: 'Did you mean target-alias? The README lists all.',
      },
    },
    'a duration that is none': {
      given: { ...SYNC, timeout: '5 hours' },
      problem: {
        input: 'timeout',
        expected: 'a duration such as 300 (seconds), 20s, 5m or 1h30m',
        seen: '"5 hours"',
        hint: 'Whole numbers with d, h, m, s or ms, the greater unit first and without spaces.',
      },
    },
    'a duration of nothing': {
      given: { ...SYNC, timeout: '0' },
      problem: {
        input: 'timeout',
        expected: 'a duration of at least 1s',
        seen: '"0"',
        hint: 'A number without a unit counts seconds.',
      },
    },
    'an interval below a second': {
      given: { ...SYNC, 'run-for': '1m', interval: '500ms' },
      problem: {
        input: 'interval',
        expected: 'a duration of at least 1s',
        seen: '"500ms"',
        hint: 'A number without a unit counts seconds.',
      },
    },
    'milliseconds taken for seconds': {
      given: { ...SYNC, 'run-for': '3600000' },
      problem: {
        input: 'run-for',
        expected: 'a duration of at most 24d',
        seen: '"3600000"',
        hint: 'A number without a unit counts seconds, not milliseconds.',
      },
    },
    'run-for beyond timeout': {
      given: { ...SYNC, 'run-for': '2h', timeout: '1h' },
      problem: {
        input: 'run-for',
        expected: 'at most timeout',
        seen: 'run-for 2h with timeout 1h',
        hint: 'Raise timeout, or run for less.',
      },
    },
    'a boolean in other words': {
      given: { ...SYNC, 'dry-run': 'yes' },
      problem: {
        input: 'dry-run',
        expected: 'true or false',
        seen: '"yes"',
        hint: 'Other words for yes and no are not read.',
      },
    },
    'a shard that is none': {
      given: { ...SYNC, shard: '1 of 4' },
      problem: {
        input: 'shard',
        expected: 'i/n such as 1/4',
        seen: '"1 of 4"',
        hint: 'i is the number of this job, n how many there are.',
      },
    },
    'a shard out of range': {
      given: { ...SYNC, shard: '5/4' },
      problem: {
        input: 'shard',
        expected: 'i/n with i from 1 to n',
        seen: '"5/4"',
        hint: 'The first job is 1, the last one n.',
      },
    },
    'a pattern in allow-rewind': {
      given: { ...SYNC, 'allow-rewind': 'orders,pay.*' },
      problem: {
        input: 'allow-rewind',
        expected: 'group ids without patterns',
        seen: '"pay.*"',
        hint: 'Spell out each group that may read records again.',
      },
    },
    'a pattern that does not compile': {
      given: { ...SYNC, groups: 'orders,(pay' },
      problem: {
        input: 'groups',
        expected: 'Java regular expressions separated by commas, as in MirrorMaker 2',
        seen: '"(pay"',
        hint: 'This pattern cannot be used: it does not compile (missing closing ): `(pay`).',
      },
    },
    'a pattern with look-ahead': {
      given: { ...SYNC, groups: '(?!test).*' },
      problem: {
        input: 'groups',
        expected: 'Java regular expressions separated by commas, as in MirrorMaker 2',
        seen: '"(?!test).*"',
        hint: 'This pattern cannot be used: it uses look-ahead or look-behind, which cannot be matched in linear time.',
      },
    },
    'a pattern cut at its comma': {
      given: { ...SYNC, topics: 'orders-\\d{1,3}' },
      problem: {
        input: 'topics',
        expected: 'Java regular expressions separated by commas, as in MirrorMaker 2',
        seen: '"orders-\\\\d{1"',
        hint: 'This pattern cannot be used: it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here.',
      },
    },
    'a list of commas': {
      given: { ...SYNC, topics: ', ,' },
      problem: {
        input: 'topics',
        expected: 'at least one name or pattern',
        seen: '", ,"',
        hint: 'To select all, write .* or leave it out.',
      },
    },
    'an alias with other signs': {
      given: { ...SYNC, 'source-alias': 'eu west' },
      problem: {
        input: 'source-alias',
        expected: 'letters, digits, dots, underscores and hyphens, since it becomes part of topic names',
        seen: '"eu west"',
        hint: 'Take it from source.cluster.alias or target.cluster.alias of the MirrorMaker 2 configuration.',
      },
    },
    'the same alias twice': {
      given: { ...SYNC, 'source-alias': 'kafka', 'target-alias': 'kafka' },
      problem: {
        input: 'target-alias',
        expected: 'another alias than source-alias',
        seen: '"kafka"',
        hint: 'MirrorMaker 2 tells the clusters apart by their aliases.',
      },
    },
    'a separator that no topic name may hold': {
      given: { ...SYNC, 'replication-policy-separator': '/' },
      problem: {
        input: 'replication-policy-separator',
        expected: '1 to 50 letters, digits, dots, underscores or hyphens, since it becomes part of topic names',
        seen: '"/"',
        hint: 'Take it from replication.policy.separator of the MirrorMaker 2 configuration.',
      },
    },
    'a policy misspelt': {
      given: { ...SYNC, 'replication-policy': 'identty' },
      problem: {
        input: 'replication-policy',
        expected: 'default, identity or the class name of a known policy',
        seen: '"identty"',
        hint: 'Did you mean identity? A class is given with its package.',
      },
    },
    'an unknown policy class with a source': {
      given: { ...SYNC, 'source-bootstrap-servers': 'old:9092', 'replication-policy': 'com.example.MyPolicy' },
      problem: {
        input: 'replication-policy',
        expected: 'default, identity or the class name of a known policy',
        seen: '"com.example.MyPolicy"',
        hint: 'How an unknown class names topics cannot be known here: leave out the source, or use a known class.',
      },
    },
    'an unknown location': {
      given: { ...SYNC, 'offset-syncs-topic-location': 'Target' },
      problem: {
        input: 'offset-syncs-topic-location',
        expected: 'source or target',
        seen: '"Target"',
        hint: 'Did you mean target? Write it as listed, in lower case.',
      },
    },
    'a label with other signs': {
      given: { ...SYNC, label: '<script>' },
      problem: {
        input: 'label',
        expected: 'up to 64 letters, digits, spaces, dots, slashes, underscores or hyphens',
        seen: '"<script>"',
        hint: 'It becomes part of titles and markers: choose a plain name such as orders-eu.',
      },
    },
    'an unknown fail-on': {
      given: { ...SYNC, 'fail-on': 'always' },
      problem: {
        input: 'fail-on',
        expected: 'not-ready, error or never',
        seen: '"always"',
        hint: 'Write it as listed, in lower case.',
      },
    },
    'a connector instead of its path': {
      given: { ...apply, connectors: '{"name": "mm2", "password": "hunter2hunter2"}' },
      problem: {
        input: 'connectors',
        expected: 'a path or glob of files',
        seen: 'the content of a connector (hidden)',
        hint: 'Write the connector to a file of the repository and give its path; its content stays out of the log.',
      },
    },
    'several globs': {
      given: { ...apply, connectors: 'a.json\nb.json' },
      problem: {
        input: 'connectors',
        expected: 'one path or glob',
        seen: '"a.json\\nb.json"',
        hint: 'Write one glob, e.g. connectors/{source,checkpoint}.json.',
      },
    },
    'the address of files': {
      given: { ...apply, connectors: 'https://example.com/a.json' },
      problem: {
        input: 'connectors',
        expected: 'a path or glob of files',
        seen: 'a URL (hidden)',
        hint: 'Check the files out first; the address of the workers goes to connect-url.',
      },
    },
    'a Pushgateway with a password in its address': {
      given: { ...apply, connectors: 'c/*.json', 'metrics-pushgateway': 'http://ann:hunter2@push:9091' },
      problem: {
        input: 'metrics-pushgateway',
        expected: 'one base URL with http:// or https://',
        seen: 'a URL with credentials (hidden)',
        hint: 'Give its base URL without credentials, such as http://prometheus.migration:9091.',
      },
    },
  });
});

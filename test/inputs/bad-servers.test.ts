import { describe } from 'vitest';
import { eachBadInput, SYNC } from './reading.ts';

const CLUSTERS = { 'source-bootstrap-servers': 'old-1:9092', 'target-bootstrap-servers': 'new-1:9092' };
const TOPICS = {
  input: 'topics',
  expected: 'the topics to copy, spelled out, since the connectors are generated',
  seen: 'nothing',
  hint: 'For example orders.*,payments; or give connectors with files of your own.',
};

describe('bad input: clusters', () => {
  eachBadInput({
    'a scheme': {
      given: { command: 'sync', 'target-bootstrap-servers': 'SASL_SSL://b-1:9096' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"SASL_SSL://b-1:9096"',
        hint: 'Remove the scheme; whether TLS or SASL is spoken is said by the auth input.',
      },
    },
    HTTP: {
      given: { command: 'sync', 'target-bootstrap-servers': 'http://b-1:8083' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"http://b-1:8083"',
        hint: 'Brokers do not speak HTTP: give the address of a listener, without http:// and path.',
      },
    },
    'no port': {
      given: { command: 'sync', 'target-bootstrap-servers': 'b-1:9092,b-2' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"b-2"',
        hint: 'Add the port, e.g. :9092 (Amazon MSK: 9094 for TLS, 9096 for SCRAM, 9098 for IAM).',
      },
    },
    'a port out of range': {
      given: { command: 'sync', 'target-bootstrap-servers': 'b-1:90920' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: 'port "90920" in "b-1:90920"',
        hint: 'A port is a number from 1 to 65535.',
      },
    },
    'a port that is no number': {
      given: { command: 'sync', 'target-bootstrap-servers': 'b-1:kafka' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: 'port "kafka" in "b-1:kafka"',
        hint: 'A port is a number from 1 to 65535.',
      },
    },
    'spaces between': {
      given: { command: 'sync', 'target-bootstrap-servers': 'b-1:9092 b-2:9092' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"b-1:9092 b-2:9092"',
        hint: 'Separate the addresses by commas, not by spaces.',
      },
    },
    'an empty item': {
      given: { command: 'sync', 'target-bootstrap-servers': 'b-1:9092,,b-2:9092' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: 'an empty item',
        hint: 'Remove the comma that has nothing beside it.',
      },
    },
    credentials: {
      given: { command: 'sync', 'target-bootstrap-servers': 'mm2:hunter2hunter2@b-1:9092' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: 'an address with credentials (hidden)',
        hint: 'Give user and password in the username and password inputs.',
      },
    },
    'a JSON list': {
      given: { command: 'sync', 'target-bootstrap-servers': '["b-1:9092"]' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: 'a list in quotes or brackets',
        hint: 'Write the addresses without quotes and brackets: b-1:9092,b-2:9092.',
      },
    },
    'an ARN': {
      given: { command: 'sync', 'target-bootstrap-servers': 'arn:aws:kafka:eu-west-1:1:cluster/x' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"arn:aws:kafka:eu-west-1:1:cluster/x"',
        hint: 'That names the cluster, not its brokers: `aws kafka get-bootstrap-brokers` prints them.',
      },
    },
    'a placeholder': {
      given: { command: 'sync', 'target-bootstrap-servers': '{TARGET CLUSTER BROKERS ADDRESS}' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"{TARGET CLUSTER BROKERS ADDRESS}"',
        hint: 'The placeholder was not replaced: put the addresses of the brokers there.',
      },
    },
    'IPv6 without brackets': {
      given: { command: 'sync', 'target-bootstrap-servers': '::1:9092' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"::1:9092"',
        hint: 'Put an IPv6 address in brackets: [::1]:9092.',
      },
    },
    'a host with other signs': {
      given: { command: 'sync', 'target-bootstrap-servers': 'b_1/x:9092' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'host:port, several separated by commas',
        seen: '"b_1/x:9092"',
        hint: 'A host name has letters, digits, dots and hyphens.',
      },
    },
    'a cluster id that is none': {
      given: { ...SYNC, 'target-cluster-id': 'arn:aws:kafka:x' },
      problem: {
        input: 'target-cluster-id',
        expected: 'the id of a cluster (letters, digits, _ and -)',
        seen: '"arn:aws:kafka:x"',
        hint: 'Any client shows it: kafka-cluster.sh cluster-id. An ARN is not it.',
      },
    },
    'the same brokers on both sides': {
      given: { ...SYNC, 'source-bootstrap-servers': 'old:9092,new-1:9092' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'other brokers than those of the source',
        seen: 'new-1:9092',
        hint: 'Source and target are two clusters: correct one of source-bootstrap-servers and target-bootstrap-servers.',
      },
    },
    'the same cluster id on both sides': {
      given: {
        ...SYNC,
        'source-bootstrap-servers': 'old:9092',
        'source-cluster-id': 'abc',
        'target-cluster-id': 'abc',
      },
      problem: {
        input: 'target-cluster-id',
        expected: 'another id than source-cluster-id',
        seen: '"abc"',
        hint: 'Source and target are two clusters: correct source-cluster-id or target-cluster-id.',
      },
    },
    'a source without address': {
      given: { ...SYNC, 'source-auth': 'tls', 'source-cluster-id': 'abc' },
      problem: {
        input: 'source-bootstrap-servers',
        expected: 'the brokers of the source, since source-cluster-id and source-auth are given',
        seen: 'nothing',
        hint: 'Give host:port, or leave the source out altogether.',
      },
    },
    'sync without a target': {
      given: { command: 'sync' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'the cluster that the groups move to',
        seen: 'nothing',
        hint: 'Give target-bootstrap-servers, or bootstrap.servers in target-properties.',
      },
    },
    'plan of nothing': {
      given: { command: 'plan' },
      problem: {
        input: 'command',
        expected: 'something to plan',
        seen: 'plan with neither a target nor connectors',
        hint: 'Give target-bootstrap-servers for the offsets, connect-url and connectors for the connectors, or both.',
      },
    },
    'plan of a source alone': {
      given: { 'source-bootstrap-servers': 'old:9092' },
      problem: {
        input: 'command',
        expected: 'something to plan',
        seen: 'plan with neither a target nor connectors',
        hint: 'A source alone has nothing to be compared with: give the target too.',
      },
    },
    'plan of Connect without connectors and topics': {
      given: { 'connect-url': 'http://c:8083', ...CLUSTERS },
      problem: TOPICS,
    },
    'apply without Connect': {
      given: { command: 'apply', connectors: 'c/*.json' },
      problem: {
        input: 'connect-url',
        expected: 'the Connect REST API that apply writes to',
        seen: 'nothing',
        hint: 'Give connect-url, or use another command.',
      },
    },
    'apply without connectors and topics': {
      given: { command: 'apply', 'connect-url': 'http://c:8083', ...CLUSTERS },
      problem: TOPICS,
    },
    'migrate without connectors and topics': {
      given: { command: 'migrate', 'connect-url': 'http://c:8083', ...CLUSTERS },
      problem: TOPICS,
    },
    'apply of generated connectors without a source': {
      given: {
        command: 'apply',
        'connect-url': 'http://c:8083',
        topics: 'orders',
        'target-bootstrap-servers': 'new-1:9092',
      },
      problem: {
        input: 'source-bootstrap-servers',
        expected: 'the cluster to copy from, since the connectors are generated',
        seen: 'nothing',
        hint: 'Give source-bootstrap-servers, or bootstrap.servers in source-properties.',
      },
    },
  });
});

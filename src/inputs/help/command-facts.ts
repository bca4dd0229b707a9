/** What `<command> --help` says of each command beyond its inputs. */
import type { Command } from '../../domain/verdicts.ts';
import type { InputGroup } from '../schema/input-spec.ts';

/** Commands of the command line, in the order in which a migration uses them. */
export const CLI_COMMANDS = [
  'plan',
  'apply',
  'sync',
  'check',
  'migrate',
  'export',
  'rollback',
  'report',
  'generate',
  'demo',
] as const satisfies readonly (Command | 'generate' | 'demo')[];
export type CliCommand = (typeof CLI_COMMANDS)[number];

export interface Example {
  readonly what: string;
  /** Lines of a shell, continued by a backslash. */
  readonly lines: readonly string[];
}

export interface CommandFacts {
  /** Goes on after the name in the list of commands. */
  readonly summary: string;
  readonly does: string;
  /** What stands on a line by itself: flags that it cannot do without. */
  readonly needs: string;
  readonly reads: string;
  readonly writes: string;
  readonly examples: readonly Example[];
  /** Inputs of these groups, as far as they are for it. */
  readonly groups: readonly InputGroup[];
  /** What its exit codes say, where that is more than for every command. */
  readonly exit: string;
  readonly next: string;
}

const CLUSTERS = [
  '--source-bootstrap-servers old-1:9092 --target-bootstrap-servers new-1:9092 \\',
  '--source-alias msksource --target-alias mskdest',
] as const;
const EVERYTHING: readonly InputGroup[] = ['cluster', 'auth', 'policy', 'connectors', 'connect', 'general', 'report'];
const TARGET_NEEDED = '--target-bootstrap-servers, or bootstrap.servers in --target-properties.';

export const COMMAND_FACTS: Readonly<Record<CliCommand, CommandFacts>> = {
  plan: {
    summary: 'shows what would change, for the connectors and for the offsets; changes nothing',
    does: 'Lints the connectors, compares them key by key with what runs on the worker and lets the worker validate them. Plans every offset commit as sync would make it. Says the plan hash that apply takes as --approved-plan.',
    needs:
      'A target for the offsets, --connect-url and --connectors for the connectors, or both. --connectors alone is linted.',
    reads: 'both clusters, the Connect worker, the connector files',
    writes: 'nothing but its report',
    examples: [
      { what: 'See what a sync would commit:', lines: ['node dist/cli.js plan \\', ...CLUSTERS] },
      {
        what: 'Lint files, without any cluster:',
        lines: ["node dist/cli.js plan --connectors 'connectors/*.json'"],
      },
    ],
    groups: ['sync', ...EVERYTHING],
    exit: 'Changes to make are exit code 0 (result changed). What the lint calls an error is 1.',
    next: 'apply and sync do what it shows.',
  },
  apply: {
    summary: 'creates and updates the connectors and waits until every task is RUNNING',
    does: 'Plans, then creates and updates the connectors one after the other, and waits until the connector and all its tasks are RUNNING. A connector that does not differ is not touched.',
    needs: '--connect-url, and --connectors or else --topics and both clusters, from which they are generated.',
    reads: 'the Connect worker, the connector files; the clusters where they are given',
    writes: 'connectors on the Connect worker',
    examples: [
      {
        what: 'Bring the connectors to what the files say, if the plan is the one that was reviewed:',
        lines: [
          "node dist/cli.js apply --connect-url http://connect:8083 --connectors 'connectors/*.json' \\",
          '--approved-plan "$PLAN_HASH"',
        ],
      },
    ],
    groups: EVERYTHING,
    exit: '4 (partial): some connectors were changed, and one did not come to run.',
    next: 'sync moves the offsets.',
  },
  sync: {
    summary: 'commits consumer-group offsets on the target, in one pass or for --run-for',
    does: 'Finds the place of each consumer group on the target by comparing records, commits it where that is proven to be safe, reads it back. Groups with members, and what somebody else wrote, are left alone.',
    needs: TARGET_NEEDED,
    reads: 'both clusters: groups, offsets, and records around each committed offset',
    writes: 'committed offsets on the target; before that, the values from before into an export',
    examples: [
      {
        what: 'Every group whose name starts with orders, for half an hour:',
        lines: ["node dist/cli.js sync --groups 'orders.*' --run-for 30m \\", ...CLUSTERS],
      },
      {
        what: 'With a password, which is never written on the command line itself:',
        lines: [
          'node dist/cli.js sync --config mm2.yml --target-auth sasl-scram-512 \\',
          '--target-username mm2 --target-password env:MM2_PASSWORD',
        ],
      },
      {
        what: 'As MM2GroupOffsetSync was called:',
        lines: ['node dist/cli.js sync -cgi mm2TestConsumer1 -src msksource -pfp consumer.properties -rf 60'],
      },
    ],
    groups: ['sync', ...EVERYTHING],
    exit: '0 does not say that every group has moved: a group that is left alone for its safety makes no run fail.',
    next: 'check says which groups can cut over; rollback takes the commits back.',
  },
  check: {
    summary: 'the cutover gate: which groups can cut over now, and what keeps the others',
    does: 'Looks twice at both clusters and at the worker, and judges 23 checks in one of three phases: rehearse (on the live system), cutover (consumers and producers at rest), decommission (everything has moved). What could not be seen is unknown, and does not pass.',
    needs: 'Both clusters; --connect-url for what only Connect knows.',
    reads: 'both clusters, the Connect worker',
    writes: 'nothing but its report',
    examples: [
      {
        what: 'May the consumers move now?',
        lines: ['node dist/cli.js check --phase cutover --connect-url http://connect:8083 \\', ...CLUSTERS],
      },
    ],
    groups: ['gate', 'sync', ...EVERYTHING],
    exit: '3 (not ready): a check that was asked fails, or could not be judged.',
    next: 'Each check that fails says what to do next.',
  },
  migrate: {
    summary: 'apply, sync and check in one run',
    does: 'What apply, sync and check do, one after the other; an error ends it.',
    needs: 'Both clusters and --connect-url.',
    reads: 'both clusters, the Connect worker, the connector files',
    writes: 'connectors on the Connect worker, committed offsets on the target',
    examples: [
      {
        what: 'The whole way, with settings from a file:',
        lines: ['node dist/cli.js migrate --config mm2.yml --run-for 30m --phase rehearse'],
      },
    ],
    groups: ['sync', 'gate', ...EVERYTHING],
    exit: '3 (not ready): connectors and offsets are in place, and the gate does not let pass.',
    next: 'check --phase cutover, when the consumers have stopped.',
  },
  export: {
    summary: 'saves the offsets of the target into a file; changes nothing',
    does: 'Writes what every selected group has committed on the target now into an export that rollback takes.',
    needs: TARGET_NEEDED,
    reads: 'the target, and the source where it is given',
    writes: 'the export, as JSON lines and as CSV for kafka-consumer-groups',
    examples: [
      { what: 'Save what is there before anybody touches it:', lines: ['node dist/cli.js export \\', ...CLUSTERS] },
    ],
    groups: ['sync', 'cluster', 'auth', 'policy', 'general', 'report'],
    exit: '4 (partial): some groups could not be read, and are not in the export.',
    next: 'rollback --rollback-from restores it.',
  },
  rollback: {
    summary: 'restores the offsets of an export; a dry run unless --dry-run=false',
    does: 'Sets each group back to what it had on the target before a sync, and removes what was not there. Leaves alone groups with members and what somebody else wrote since.',
    needs: '--rollback-from, and the target that the export was taken from.',
    reads: 'the target, the export',
    writes: 'committed offsets on the target, with --dry-run=false only; an export of its own',
    examples: [
      {
        what: 'First look at it, then do it:',
        lines: ['node dist/cli.js rollback --target-bootstrap-servers new-1:9092 --rollback-from EXPORT.jsonl'],
      },
      {
        what: '',
        lines: [
          'node dist/cli.js rollback --target-bootstrap-servers new-1:9092 --rollback-from EXPORT.jsonl \\',
          '--dry-run=false',
        ],
      },
    ],
    groups: ['sync', 'cluster', 'auth', 'policy', 'general', 'report'],
    exit: '0 with changed in the dry run: there is something to restore.',
    next: 'Its own export takes the rollback back.',
  },
  report: {
    summary: 'merges the report.json files of several runs into one report',
    does: 'Reads the reports of runs that shared the work by --shard, and writes one report as if it had been one run. A shard that is missing is an error that names it: a run that was lost does not look like success.',
    needs: '--reports.',
    reads: 'report.json files',
    writes: 'nothing but the merged report',
    examples: [
      {
        what: 'Merge what the jobs of a pipeline have left:',
        lines: ["node dist/cli.js report --reports 'reports/**/report.json' --report-dir merged"],
      },
    ],
    groups: ['general', 'report'],
    exit: 'That of the worst run; 1 where a shard is missing, 2 where the reports are not of one work.',
    next: '',
  },
  generate: {
    summary: 'writes connector files and worker properties to review and commit',
    does: 'Writes the three connectors of MirrorMaker 2 and the properties of their worker as files. They hold no secret, only where the worker finds it.',
    needs: '--topics and both clusters.',
    reads: 'its inputs; no cluster',
    writes: 'files in --out FOLDER (connectors); files that differ stay, unless --force is given',
    examples: [
      {
        what: 'Connectors from an old cluster to Amazon MSK with IAM:',
        lines: [
          "node dist/cli.js generate --out connectors --topics 'orders.*' \\",
          '--source-bootstrap-servers old-1:9092 --target-auth iam \\',
          '--target-bootstrap-servers b-1.example.kafka.eu-west-1.amazonaws.com:9098',
        ],
      },
    ],
    groups: ['cluster', 'auth', 'policy', 'connectors'],
    exit: '1: a file that differs is in the way.',
    next: 'Review them, commit them, and let plan lint them.',
  },
  demo: {
    summary: 'boots two real clusters and Kafka Connect here and runs the whole job on them',
    does: 'Shows a whole migration on this machine in about a minute, and removes everything at the end. Needs Java 17 or later and Maven. --keep leaves the clusters up and prints commands to play with.',
    needs: 'nothing.',
    reads: 'jars of Kafka, fetched by Maven once',
    writes: 'its own clusters, in a temporary folder',
    examples: [{ what: 'See it work:', lines: ['node dist/cli.js demo'] }],
    groups: [],
    exit: '',
    next: '',
  },
};

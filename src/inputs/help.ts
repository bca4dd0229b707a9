/** The text of `--help`: examples first, then every input by its group. */
import { INPUT_GROUPS, type InputSpec } from './schema/input-spec.ts';
import { GROUP_TITLES, INPUTS } from './schema/schema.ts';
import { SEED_FLAGS } from './seed-flags.ts';

const WIDTH = 100;
const INDENT = 6;

const INTRODUCTION = `kafka-mm2-migration: takes a Kafka migration with MirrorMaker 2 to cutover

Usage
  kafka-mm2-migration plan|apply|sync|check|migrate|export|rollback [--name value | --name=value] ...
  kafka-mm2-migration generate [--out FOLDER] [--force] [--name value] ...
  kafka-mm2-migration demo [--keep]

Commands
  plan    shows what would change; writes to no cluster
  apply   creates and updates the connectors and waits until every task is RUNNING
  sync    commits consumer-group offsets on the target, in one pass or for --run-for
  check   the cutover gate: says whether it is safe to move, and what keeps it; writes to no cluster
  migrate apply, sync and check, one after the other
  export  saves the offsets of the target; writes to no cluster
  rollback
          restores the offsets of an export; a dry run unless --dry-run=false is given
  generate
          writes the three connectors and the properties of their worker as files to review and
          commit, into --out (connectors); files that differ stay, unless --force is given
  demo    boots two real clusters and Kafka Connect on this machine and runs the whole job on them;
          --keep leaves them up

Examples
  See what would be committed, and change nothing:
    kafka-mm2-migration plan --source-bootstrap-servers old-1:9092 --target-bootstrap-servers new-1:9092

  Sync every group whose name starts with orders, for half an hour:
    kafka-mm2-migration sync --source-bootstrap-servers old-1:9092 --target-bootstrap-servers new-1:9096 \\
      --target-auth sasl-scram-512 --target-username mm2 --target-password env:MM2_PASSWORD \\
      --groups 'orders.*' --run-for 30m

  Create or update the connectors:
    kafka-mm2-migration apply --connect-url http://connect:8083 --connectors 'connectors/*.json'

  Write the connectors as files, without any secret:
    kafka-mm2-migration generate --source-bootstrap-servers old-1:9092 --topics 'orders.*' \\
      --target-bootstrap-servers b-1.example.kafka.eu-west-1.amazonaws.com:9098 --target-auth iam

  Undo a sync by the export that it left, after a look at what that would do:
    kafka-mm2-migration rollback --target-bootstrap-servers new-1:9092 --rollback-from EXPORT.jsonl
    kafka-mm2-migration rollback --target-bootstrap-servers new-1:9092 --rollback-from EXPORT.jsonl \\
      --dry-run=false

  As MM2GroupOffsetSync was called:
    kafka-mm2-migration sync -cgi mm2TestConsumer1 -src msksource -pfp consumer.properties -rf 60

Values
  Secrets are given as env:NAME (a variable) or file:PATH (a file), never as themselves.
  Lists take commas. Durations: 300 (seconds), 20s, 5m, 1h30m. PEM inputs take a path.
  --config names a YAML file with these same names; what stands on the command line wins.
`;

const EXIT_CODES = `Exit codes
  0 ok or changed   1 failed   2 bad input   3 not ready   4 partial
`;

/** Lines of at most 100 characters where words allow it. */
export function renderHelp(): string {
  const groups = INPUT_GROUPS.map((group) => {
    const inputs = INPUTS.filter((spec) => spec.group === group && spec.name !== 'command');
    return `${GROUP_TITLES[group]}\n${inputs.map(renderInput).join('')}`;
  });
  return [INTRODUCTION, ...groups, renderSeedFlags(), EXIT_CODES].join('\n');
}

function renderInput(spec: InputSpec): string {
  const facts = [
    spec.commands === undefined ? '' : `For ${spec.commands.join(', ')}.`,
    spec.default === undefined ? '' : `Default: ${spec.default}`,
  ].filter((fact) => fact !== '');
  const text = [spec.description.replaceAll('`', ''), ...facts].join(' ');
  return `  --${spec.name} ${placeholder(spec)}\n${wrap(text)}\n`;
}

function placeholder(spec: InputSpec): string {
  if (spec.secret) return 'env:NAME|file:PATH';
  if (spec.choices !== undefined) return spec.choices.join('|');
  switch (spec.kind) {
    case 'boolean':
      return '[true|false]';
    case 'duration':
      return 'DURATION';
    case 'count':
      return 'NUMBER';
    case 'size':
      return 'SIZE';
    case 'list':
      return 'LIST';
    case 'host-ports':
      return 'HOST:PORT,...';
    case 'url':
      return 'URL';
    case 'shard':
      return 'I/N';
    case 'path':
    case 'pem':
    case 'properties':
      return 'PATH';
    case 'text':
    case 'choice':
      return 'TEXT';
  }
}

function renderSeedFlags(): string {
  const lines = SEED_FLAGS.map(({ short, long, description, fixedValue }) => {
    const value = fixedValue === undefined ? ' VALUE' : '';
    return `  ${`${short}, ${long}${value}`.padEnd(44)}${description}\n`;
  });
  return `Flags of MM2GroupOffsetSync, on sync only\n${lines.join('')}`;
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > WIDTH - INDENT && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((part) => ' '.repeat(INDENT) + part).join('\n');
}

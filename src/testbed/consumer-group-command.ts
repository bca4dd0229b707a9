import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { propertiesText } from './broker-config.ts';
import { bedError } from './errors.ts';
import { type JarOptions, resolveJars } from './jars.ts';
import { javaArguments, javaEnvironment, log4jProperties, runCommand } from './java.ts';
import { usesLog4j2 } from './pom.ts';
import { createWorkFolder, removeWorkFolder } from './processes.ts';

/** One line of `kafka-consumer-groups --describe --offsets`; `-` becomes null. */
export interface ConsumerGroupRow {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly currentOffset: bigint | null;
  readonly logEndOffset: bigint | null;
  readonly lag: bigint | null;
  readonly consumerId: string | null;
}

export interface ConsumerGroupCommandOptions extends JarOptions {
  /** Client properties (security), written to a file that only this user can read. */
  readonly clientProperties?: Readonly<Record<string, string>>;
}

const TOOL = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
const TIMEOUT_MS = 240_000;
/** Of each question that the tool asks; its own 5 s are short for a broker that stands still. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Runs Java's own tool, as `kafka-consumer-groups.sh` does, and returns what it printed. */
export async function runConsumerGroupCommand(
  bootstrapServers: string,
  args: readonly string[],
  options: ConsumerGroupCommandOptions = {},
): Promise<string> {
  const jars = await resolveJars(options);
  const folder = await createWorkFolder('consumer-group-command-');
  try {
    const log4jFile = join(folder, 'log4j.properties');
    await writeFile(log4jFile, log4jProperties(usesLog4j2(jars.version)).replaceAll('INFO', 'ERROR'));
    const configFile = join(folder, 'client.properties');
    await writeFile(configFile, propertiesText(options.clientProperties ?? {}), { mode: 0o600 });
    const how = ['--command-config', configFile, '--timeout', String(ANSWER_TIMEOUT_MS)];
    const toolArgs = ['--bootstrap-server', bootstrapServers, ...how, ...args];
    const program = { classPath: jars.classPath, mainClass: TOOL, args: toolArgs, log4jFile };
    const missing = 'Java was not found on PATH.';
    const settings = { missing, timeoutMs: TIMEOUT_MS, env: javaEnvironment() };
    const { exitCode, output } = await runCommand('java', javaArguments(program), settings);
    if (exitCode !== 0) throw bedError(`kafka-consumer-groups ended with exit code ${exitCode}:\n${output}`);
    return output;
  } finally {
    await removeWorkFolder(folder);
  }
}

/** `--describe --offsets --all-groups`, parsed; with group ids, of these only. */
export async function describeGroupOffsets(
  bootstrapServers: string,
  groupIds: readonly string[] = [],
  options: ConsumerGroupCommandOptions = {},
): Promise<readonly ConsumerGroupRow[]> {
  const which = groupIds.length === 0 ? ['--all-groups'] : groupIds.flatMap((groupId) => ['--group', groupId]);
  const output = await runConsumerGroupCommand(bootstrapServers, ['--describe', '--offsets', ...which], options);
  return parseConsumerGroupTable(output);
}

/** The table has a header line a group; other lines are remarks such as "has no active members". */
export function parseConsumerGroupTable(output: string): readonly ConsumerGroupRow[] {
  const rows: ConsumerGroupRow[] = [];
  let columns: readonly string[] = [];
  for (const line of output.split('\n')) {
    const cells = line.trim().split(/\s+/);
    if (cells[0] === 'GROUP' && cells[1] === 'TOPIC') {
      columns = cells;
    } else if (columns.length > 0 && cells.length === columns.length) {
      rows.push(rowOf(new Map(columns.map((column, index) => [column, cells[index] ?? '-']))));
    }
  }
  return rows;
}

function rowOf(cells: ReadonlyMap<string, string>): ConsumerGroupRow {
  const text = (column: string) => {
    const cell = cells.get(column) ?? '-';
    return cell === '-' ? null : cell;
  };
  const offset = (column: string) => {
    const cell = text(column);
    return cell === null ? null : BigInt(cell);
  };
  return {
    groupId: text('GROUP') ?? '',
    topic: text('TOPIC') ?? '',
    partition: Number(text('PARTITION')),
    currentOffset: offset('CURRENT-OFFSET'),
    logEndOffset: offset('LOG-END-OFFSET'),
    lag: offset('LAG'),
    consumerId: text('CONSUMER-ID'),
  };
}

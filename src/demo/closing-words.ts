/** The last lines of the demo. */
import type { Reason } from '../domain/verdicts.ts';
import { plural } from '../report/format.ts';
import type { ReportModel } from '../report/report-model.ts';
import { computeTotals } from '../report/totals.ts';
import type { Bed } from '../testbed/bed.ts';
import type { KafkaJars } from '../testbed/jars.ts';
import type { ManagedProcess } from '../testbed/processes.ts';
import { ACTIVE_GROUP } from './cast.ts';
import { planWords, syncWords } from './migration-files.ts';
import { shellCommand } from './our-command.ts';
import { rereadOf, rereadVerdict } from './reread.ts';

export interface Seen {
  /** Of the sync. */
  readonly report: ReportModel;
  /** Whether Java's tool shows the offsets that the report claims. */
  readonly equal: boolean;
  readonly kept: boolean;
  /** Path of this command line's script. */
  readonly script: string;
}

/** Four lines. */
export function closingLines({ report, equal, kept, script }: Seen): string[] {
  const synced = plural(computeTotals(report.groups).groups.synced, 'group');
  const java = equal ? "shown the same by Java's own tool" : "but Java's own tool shows others: see the table";
  return [
    `What you saw: connectors applied from files until every task ran; the offsets of ${synced} committed, read back, ${equal ? 'and ' : ''}${java}.`,
    rereadVerdict(rereadOf(report)),
    `What was left alone: ${leftAlone(report)}.`,
    `Next: ${kept ? 'try the commands below' : `node ${script} demo --keep leaves the clusters up to play with`}; node ${script} --help shows the commands for your own clusters.`,
  ];
}

const IN_SHORT: Partial<Record<Reason, string>> = {
  'group-active': 'its consumers are at work on the target',
  'taken-over': 'somebody else set its offsets on the target',
};

function leftAlone({ groups }: ReportModel): string {
  const texts = groups.flatMap(({ groupId, partitions }) => {
    const reason = partitions.find(({ verdict }) => verdict === 'skipped')?.reason;
    return reason ? [`${groupId} (${reason}: ${IN_SHORT[reason] ?? 'see the report'})`] : [];
  });
  return texts.length === 0 ? 'nothing' : texts.join(', ');
}

export interface KeptClusters {
  readonly bed: Bed;
  readonly folder: string;
  readonly jars: KafkaJars;
  readonly script: string;
  /** The active group's, on the target. */
  readonly consumer: ManagedProcess;
}

const TOOL = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

/** Commands for a POSIX shell that work as long as the clusters are up. */
export function keptLines({ bed, folder, jars, script, consumer }: KeptClusters): string[] {
  const { source, target, connectUrl } = bed.addresses;
  const java = (servers: string) => `java -cp '${jars.classPath}' ${TOOL} --bootstrap-server ${servers}`;
  const ours = (words: readonly string[]) => shellCommand(['node', script, ...words]);
  return [
    `The clusters stay up: source ${source.bootstrapServers}, target ${target.bootstrapServers}, Connect ${connectUrl}`,
    '# analytics reads on at the source:',
    `${java(source.bootstrapServers)} --group analytics --topic orders --reset-offsets --to-latest --execute`,
    '# What would a sync do now?',
    ...ours(planWords(bed, folder)),
    '# Do it:',
    ...ours(syncWords(bed, folder, 'sync-again')),
    "# The offsets on the target, by Java's own tool:",
    `${java(target.bootstrapServers)} --describe --all-groups`,
    `# End the consumer of ${ACTIVE_GROUP}; a sync then calls its offsets taken-over and still leaves them alone:`,
    `kill ${consumer.pid}`,
    '# End and remove everything; -9, since Connect would wait for brokers that are gone:',
    `kill -9 ${[...bed.pids(), consumer.pid].join(' ')}; rm -rf ${bed.workFolder} ${folder}`,
  ];
}

/** A pass takes a target that can commit. The gate's own cannot, whatever the pass is told. */
import { MigrationError } from '../../errors.ts';
import type { ClusterReader, TargetCluster } from '../ports.ts';

export function readOnlyTarget(reader: ClusterReader): TargetCluster {
  return {
    side: reader.side,
    describeCluster: () => reader.describeCluster(),
    listTopics: () => reader.listTopics(),
    describeTopics: (topics) => reader.describeTopics(topics),
    topicConfigs: (topic) => reader.topicConfigs(topic),
    listGroups: () => reader.listGroups(),
    committedOffsets: (queries) => reader.committedOffsets(queries),
    logRanges: (partitions) => reader.logRanges(partitions),
    readLog: (request, visit) => reader.readLog(request, visit),
    readImages: (requests, limits) => reader.readImages(requests, limits),
    close: () => reader.close(),
    commitOffsets: () => Promise.reject(new MigrationError('INTERNAL', 'The gate was asked to commit offsets.')),
  };
}

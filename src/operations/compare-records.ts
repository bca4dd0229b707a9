/**
 * The last part of an observation: the records around each committed offset. The source's ends are read again before,
 * because a record appended and copied since the first look would be in the target's log and not among the source's
 * records that may stand there; the target's ends after, because reading takes its time and logs go on.
 */

import type { Finding } from '../domain/finding.ts';
import type { RecordTranslation } from '../domain/offsets/bracket/record-translation.ts';
import type { TopicPartitionKey } from '../domain/topic-partition.ts';
import { type ComparedPartition, comparedPartitions } from './compared-partitions.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import {
  type FactsRequest,
  type PartitionFacts,
  rereadSource,
  rereadTarget,
  type SourceRange,
} from './partition-facts.ts';
import type { GroupOffsets } from './ports.ts';
import { recordFindings } from './record-findings.ts';
import { type CompareDeps, type ComparedRecords, translateRecords } from './translate-records.ts';

/** How records are compared. */
export interface Comparison {
  /** Records of one partition, on each side, that may be read for one position. */
  readonly maxScan: number;
  readonly signal: AbortSignal;
  /** Records in memory at a time; a test makes it small. */
  readonly maxImages?: number;
  readonly onProgress?: NonNullable<CompareDeps['onProgress']>;
}

export interface CompareRequest {
  readonly comparison: Comparison;
  /** Selected groups only. */
  readonly groups: readonly DiscoveredGroup[];
  readonly selectsTopic: (sourceTopic: string) => boolean;
  readonly sourceOffsets: ReadonlyMap<string, GroupOffsets>;
  readonly asked: FactsRequest;
  readonly facts: PartitionFacts;
}

export interface RecordsView {
  /** null: not compared. */
  translationOf(key: TopicPartitionKey, position: bigint): RecordTranslation | null;
  /** Something was compared, and each position has an answer that no checkpoint could better. */
  readonly decidesAll: boolean;
  readonly findings: readonly Finding[];
  /** With the ranges of the later looks. */
  readonly facts: PartitionFacts;
}

/** null in target-only mode, and while nothing can be compared. */
export async function compareRecords(request: CompareRequest): Promise<RecordsView | null> {
  const { asked, comparison } = request;
  const { source, target } = asked.clusters;
  if (source === null || comparable(request, request.facts).length === 0) return null;
  const sourceNow = await rereadSource(asked);
  const partitions = comparable(request, { ...request.facts, source: sourceNow });
  const compared = await translateRecords({ ...comparison, source, target }, partitions);
  return {
    translationOf: (key, position) => compared.translations.get(key)?.get(position) ?? null,
    decidesAll: decidesAll(compared, partitions),
    findings: recordFindings(compared),
    facts: {
      ...request.facts,
      source: shorter(request.facts.source, sourceNow),
      downstream: await rereadTarget(asked),
    },
  };
}

function comparable(request: CompareRequest, facts: PartitionFacts): readonly ComparedPartition[] {
  return comparedPartitions({ ...request, facts, maxScan: request.comparison.maxScan });
}

/** A source that lost records, or cannot be read any more, since the first look must show. */
function shorter(first: PartitionFacts['source'], later: PartitionFacts['source']): PartitionFacts['source'] {
  return new Map([...first].map(([key, range]) => [key, worse(range, later.get(key) ?? null)]));
}

function worse(first: SourceRange, later: SourceRange): SourceRange {
  if (first === null || 'error' in first) return first;
  if (later === null || 'error' in later) return later;
  return later.highWatermark < first.highWatermark ? later : first;
}

function decidesAll({ translations }: ComparedRecords, partitions: readonly ComparedPartition[]): boolean {
  const kinds = partitions.flatMap(({ key, positions }) =>
    positions.map((position) => translations.get(key)?.get(position)?.kind ?? 'unproven'),
  );
  return kinds.length > 0 && !kinds.includes('unproven');
}

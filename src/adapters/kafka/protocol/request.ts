/** What a request file exports: how one API of Kafka is written and read in the versions that we speak. */
import { MigrationError } from '../../../errors.ts';
import type { Decoder } from './decoder.ts';
import type { Encoder } from './encoder.ts';

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

export interface KafkaRequest<T> {
  readonly apiKey: number;
  readonly apiName: string;
  /** Versions that this file can write and read. */
  readonly versions: VersionRange;
  /** First version with compact types and tagged fields (KIP-482); null when there is none. */
  readonly flexibleFrom: number | null;
  encode(version: number, writer: Encoder): void;
  decode(version: number, reader: Decoder): T;
}

/** The broker lacks the API, or all versions of it that we speak; nothing was sent. */
export class UnsupportedVersionError extends MigrationError {}

/** API key → versions that a broker accepts. */
export type ApiVersions = ReadonlyMap<number, VersionRange>;

export function isFlexible(request: KafkaRequest<unknown>, version: number): boolean {
  return request.flexibleFrom !== null && version >= request.flexibleFrom;
}

/** Highest version that both sides speak; null when there is none. */
export function commonVersion(request: KafkaRequest<unknown>, broker: VersionRange | undefined): number | null {
  if (broker === undefined) return null;
  const version = Math.min(request.versions.max, broker.max);
  return version < Math.max(request.versions.min, broker.min) ? null : version;
}

/** Like {@link commonVersion}; throws UnsupportedVersionError(KAFKA_PROTOCOL) when there is none. */
export function chooseVersion(request: KafkaRequest<unknown>, versions: ApiVersions, broker: string): number {
  const offered = versions.get(request.apiKey);
  const version = commonVersion(request, offered);
  if (version !== null) return version;
  const { min, max } = request.versions;
  throw new UnsupportedVersionError(
    'KAFKA_PROTOCOL',
    `${broker}: expected ${request.apiName} in a version from ${min} to ${max}, ` +
      `seen ${offered === undefined ? 'no such API' : `versions ${offered.min} to ${offered.max}`}.`,
    { hint: 'Brokers from 0.10 to 4.x are supported; a proxy in front of them may hide APIs.' },
  );
}

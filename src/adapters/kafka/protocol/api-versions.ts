/**
 * ApiVersions (key 18), KIP-35. v0 only: every broker from 0.10 to 4.x answers it, so no fallback is needed.
 *
 *   Request  v0 =>
 *   Response v0 => error_code:INT16 [api_key:INT16 min_version:INT16 max_version:INT16]
 */
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { ApiVersions, KafkaRequest, VersionRange } from './request.ts';

export interface ApiVersionsResponse {
  readonly error: KafkaErrorName | null;
  readonly versions: ApiVersions;
}

export const apiVersionsRequest: KafkaRequest<ApiVersionsResponse> = {
  apiKey: 18,
  apiName: 'ApiVersions',
  versions: { min: 0, max: 0 },
  flexibleFrom: null,
  encode() {},
  decode(_version, reader) {
    const error = kafkaErrorName(reader.int16());
    const entries = reader.array((): readonly [number, VersionRange] => [
      reader.int16(),
      { min: reader.int16(), max: reader.int16() },
    ]);
    return { error, versions: new Map(entries) };
  },
};

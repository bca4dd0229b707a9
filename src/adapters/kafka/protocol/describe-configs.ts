/**
 * DescribeConfigs (key 32) of one topic; brokers from 0.11.
 *
 *   Request  => [resource_type:INT8 name:STRING [STRING]:NULLABLE tags] include_synonyms:BOOLEAN(v1+)
 *               include_documentation:BOOLEAN(v3+) tags
 *   Response => throttle:INT32 [error:INT16 message:NULLABLE_STRING resource_type:INT8 name:STRING [config] tags] tags
 *     config => name:STRING value:NULLABLE_STRING read_only:BOOLEAN is_default:BOOLEAN(v0) source:INT8(v1+)
 *               is_sensitive:BOOLEAN [name:STRING value:NULLABLE_STRING source:INT8 tags](v1+) type:INT8(v3+)
 *               documentation:NULLABLE_STRING(v3+) tags
 */
import type { TopicConfigEntry } from '../../../operations/ports.ts';
import type { Decoder } from './decoder.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface DescribedConfigs {
  readonly error: KafkaErrorName | null;
  readonly configs: readonly TopicConfigEntry[];
}

const RESOURCE_TOPIC = 2;

/** One element: the topic's answer. */
export function describeConfigsRequest(topic: string): KafkaRequest<readonly DescribedConfigs[]> {
  return {
    apiKey: 32,
    apiName: 'DescribeConfigs',
    versions: { min: 0, max: 4 },
    flexibleFrom: 4,
    encode(version, writer) {
      writer.array([topic], (name) => writer.int8(RESOURCE_TOPIC).string(name).nullArray().endStruct());
      if (version >= 1) writer.boolean(false);
      if (version >= 3) writer.boolean(false);
      writer.endStruct();
    },
    decode(version, reader) {
      reader.int32();
      const described = reader.array(() => {
        const error = kafkaErrorName(reader.int16());
        reader.nullableString();
        reader.int8();
        reader.string();
        const configs = reader.array(() => readConfig(version, reader));
        reader.endStruct();
        return { error, configs };
      });
      reader.endStruct();
      return described;
    },
  };
}

function readConfig(version: number, reader: Decoder): TopicConfigEntry {
  const name = reader.string();
  const value = reader.nullableString();
  reader.boolean();
  // is_default in v0, source since: one byte either way.
  reader.int8();
  reader.boolean();
  if (version >= 1) {
    reader.array(() => {
      reader.string();
      reader.nullableString();
      reader.int8();
      reader.endStruct();
    });
  }
  if (version >= 3) {
    reader.int8();
    reader.nullableString();
  }
  reader.endStruct();
  return { name, value };
}

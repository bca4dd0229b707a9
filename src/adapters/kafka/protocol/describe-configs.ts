/**
 * DescribeConfigs (key 32) of topics and brokers; brokers from 0.11. What a broker's own resource says, only that
 * broker answers.
 *
 *   Request  => [resource_type:INT8 name:STRING [STRING]:NULLABLE tags] include_synonyms:BOOLEAN(v1+)
 *               include_documentation:BOOLEAN(v3+) tags
 *   Response => throttle:INT32 [error:INT16 message:NULLABLE_STRING resource_type:INT8 name:STRING [config] tags] tags
 *     config => name:STRING value:NULLABLE_STRING read_only:BOOLEAN is_default:BOOLEAN(v0) source:INT8(v1+)
 *               is_sensitive:BOOLEAN [name:STRING value:NULLABLE_STRING source:INT8 tags](v1+) type:INT8(v3+)
 *               documentation:NULLABLE_STRING(v3+) tags
 */
import type { ConfigEntry } from '../../../operations/gate/gate-ports.ts';
import type { Decoder } from './decoder.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface ConfigResource {
  readonly type: 'topic' | 'broker';
  /** Topic, or broker id in decimals. */
  readonly name: string;
  /** null asks for all. */
  readonly keys: readonly string[] | null;
}

export interface DescribedConfigs {
  readonly name: string;
  readonly error: KafkaErrorName | null;
  readonly configs: readonly ConfigEntry[];
}

/** org.apache.kafka.common.config.ConfigResource.Type. */
const RESOURCE_TYPES = { topic: 2, broker: 4 } as const;
/** DescribeConfigsResponse.ConfigSource: set on the topic, or on this broker while it runs. */
const OWN_SOURCES: ReadonlySet<number> = new Set([1, 2]);

/** One answer for every resource. */
export function describeConfigsRequest(
  resources: readonly ConfigResource[],
): KafkaRequest<readonly DescribedConfigs[]> {
  return {
    apiKey: 32,
    apiName: 'DescribeConfigs',
    versions: { min: 0, max: 4 },
    flexibleFrom: 4,
    encode(version, writer) {
      writer.array(resources, ({ type, name, keys }) => {
        writer.int8(RESOURCE_TYPES[type]).string(name);
        if (keys === null) writer.nullArray();
        else writer.array(keys, (key) => writer.string(key));
        writer.endStruct();
      });
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
        const name = reader.string();
        const configs = reader.array(() => readConfig(version, reader));
        reader.endStruct();
        return { name, error, configs };
      });
      reader.endStruct();
      return described;
    },
  };
}

function readConfig(version: number, reader: Decoder): ConfigEntry {
  const name = reader.string();
  const value = reader.nullableString();
  reader.boolean();
  const isDefault = version === 0 ? reader.boolean() : !OWN_SOURCES.has(reader.int8());
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
  return { name, value, isDefault };
}

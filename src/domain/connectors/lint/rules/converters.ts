/** MM2 hands on bytes: any converter but ByteArrayConverter writes something else than was read. */
import type { LintView } from '../lint-view.ts';
import { meantClass } from '../meant-class.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
/** Connect takes a plugin by its alias as well; Confluent's copies of the class do the same. */
const AS_BYTES = /(?:^|\.)ByteArray(?:Converter)?$/;
/** Converters that turn bytes into something else, or refuse them. */
const NOT_BYTES =
  /(?:^|\.)(?:Json|String|Avro|JsonSchema|Protobuf|Integer|Long|Short|Float|Double|Boolean|SimpleHeader)(?:Schema)?(?:Converter)?$/;

const HINT = `Set it to ${BYTES}.`;

export const CONVERTER_RULES: readonly Rule[] = [
  rule({
    id: 'header-converter-missing',
    severity: 'error',
    title: 'The source connector has no `header.converter`',
    effect: "Connect's default (SimpleHeaderConverter) writes binary record headers as Base64 text on the target.",
    hint: `Set header.converter to ${BYTES}.`,
    test: (view) => missing(view, 'source', ['header.converter']),
  }),
  rule({
    id: 'converter-missing',
    severity: 'error',
    title: '`key.converter` or `value.converter` is missing',
    effect:
      "The worker's default takes its place, mostly JsonConverter: it writes keys and values as something else than was read, and checkpoints that nobody can decode.",
    hint: HINT,
    test: (view) => missing(view, null, ['key.converter', 'value.converter']),
  }),
  rule({
    id: 'converter-wrong',
    severity: 'error',
    title: 'A converter that is not ByteArrayConverter',
    effect: 'What arrives on the target is not what was read; checkpoints and heartbeats cannot be decoded.',
    hint: HINT,
    test: (view) => converters(view, (value) => NOT_BYTES.test(value)),
  }),
  rule({
    id: 'converter-unknown',
    severity: 'warning',
    title: 'A converter that nothing is known of',
    effect: 'If it does not hand on bytes as they are, the target gets something else than was read.',
    hint: HINT,
    test: (view) => converters(view, (value) => !NOT_BYTES.test(value) && meantClass(value) === null),
  }),
];

function missing(view: LintView, only: 'source' | null, keys: readonly string[]): readonly Hit[] {
  const connectors = only === null ? view.of('source', 'checkpoint', 'heartbeat') : view.of(only);
  return connectors.flatMap((connector) =>
    keys
      .filter((key) => (connector.given(key) ?? '').trim() === '')
      .map((key) => hit(connector, key, `${key} is not set.`, `Set ${key} to ${BYTES}.`)),
  );
}

function converters(view: LintView, isAtFault: (value: string) => boolean): readonly Hit[] {
  return view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) =>
    ['key.converter', 'value.converter', 'header.converter'].flatMap((key) => {
      const value = connector.given(key)?.trim() ?? '';
      if (value === '' || AS_BYTES.test(value) || !isAtFault(value)) return [];
      return [hit(connector, key, `${key} is ${view.quote(key, value)}.`)];
    }),
  );
}

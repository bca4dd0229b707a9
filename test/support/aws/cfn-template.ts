/** A CloudFormation template: its YAML with the short tags, and what its functions give for parameters. */
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonMap = { readonly [key: string]: Json };

export interface CfnResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: JsonMap;
}

export interface CfnRule {
  readonly RuleCondition?: Json;
  readonly Assertions: readonly { readonly Assert: Json; readonly AssertDescription: string }[];
}

export interface CfnTemplate {
  readonly Parameters: Readonly<Record<string, { readonly Type: string; readonly Default?: string | number }>>;
  readonly Conditions: Readonly<Record<string, Json>>;
  readonly Rules: Readonly<Record<string, CfnRule>>;
  readonly Resources: Readonly<Record<string, CfnResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: Json }>>;
}

const TAGS = ['Ref', 'Condition', 'Sub', 'GetAtt', 'Join', 'Split', 'Select', 'If', 'Equals', 'Not', 'And', 'Or'];

/** Short tags become their long form. */
export function parseTemplate(text: string): CfnTemplate {
  const customTags = TAGS.flatMap((name): (ScalarTag | CollectionTag)[] => {
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const long = (value: unknown) => ({ [key]: value });
    const tag = `!${name}`;
    return [
      { tag, resolve: (value: string) => long(name === 'GetAtt' ? value.split('.') : value) },
      { tag, collection: 'seq', resolve: (node) => long(node.toJSON()) },
    ];
  });
  return parse(text, { customTags }) as CfnTemplate;
}

/** What a resource is known by once it is there: by Ref, and by attributes. */
export interface Created {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const NO_VALUE = Symbol('AWS::NoValue');
type Value = Json | typeof NO_VALUE;

export class ResolvedTemplate {
  readonly template: CfnTemplate;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #created: Readonly<Record<string, Created>>;

  /** @param parameters those that differ from the defaults, and pseudo parameters such as AWS::Region. */
  constructor(
    template: CfnTemplate,
    parameters: Readonly<Record<string, string>>,
    created: Readonly<Record<string, Created>> = {},
  ) {
    this.template = template;
    this.#parameters = parameters;
    this.#created = created;
  }

  /** Names of the resources whose condition holds. */
  resources(): readonly string[] {
    const all = Object.entries(this.template.Resources);
    return all
      .filter(([, { Condition }]) => Condition === undefined || this.condition(Condition))
      .map(([name]) => name);
  }

  /** What the rules say against these parameters. */
  refusals(): readonly string[] {
    return Object.values(this.template.Rules).flatMap(({ RuleCondition: when, Assertions }) =>
      when !== undefined && !this.#test(when)
        ? []
        : Assertions.filter(({ Assert }) => !this.#test(Assert)).map(({ AssertDescription }) => AssertDescription),
    );
  }

  properties(name: string): Answer {
    return this.resolve(this.template.Resources[name]?.Properties ?? {});
  }

  resolve(value: Json): Json {
    const resolved = this.#value(value);
    if (resolved === NO_VALUE) throw new Error('AWS::NoValue at the top');
    return resolved;
  }

  condition(name: string): boolean {
    const expression = this.template.Conditions[name];
    if (expression === undefined) throw new Error(`no condition ${name}`);
    return this.#test(expression);
  }

  #value(value: Json): Value {
    if (Array.isArray(value)) return value.map((item) => this.#value(item)).filter((item) => item !== NO_VALUE);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value as JsonMap);
    const [[key, argument] = ['', null]] = entries;
    if (entries.length === 1 && (key === 'Ref' || key.startsWith('Fn::'))) return this.#function(key, argument);
    const resolved = entries.map(([name, item]) => [name, this.#value(item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE)) as JsonMap;
  }

  #function(name: string, argument: Json): Value {
    const parts = argument as readonly Json[];
    switch (name) {
      case 'Ref':
        return this.#ref(argument as string);
      case 'Fn::GetAtt':
        return this.#attribute(parts[0] as string, parts[1] as string);
      case 'Fn::Sub':
        return typeof argument === 'string'
          ? this.#sub(argument, {})
          : this.#sub(parts[0] as string, parts[1] as JsonMap);
      case 'Fn::Join':
        return (this.resolve(parts[1] ?? []) as string[]).join(parts[0] as string);
      case 'Fn::Split':
        return (this.resolve(parts[1] ?? '') as string).split(parts[0] as string);
      case 'Fn::Select':
        return (this.resolve(parts[1] ?? []) as Json[])[Number(parts[0])] ?? null;
      case 'Fn::If':
        return this.#value((this.condition(parts[0] as string) ? parts[1] : parts[2]) ?? null);
      default:
        throw new Error(`${name} is not known here`);
    }
  }

  #ref(name: string): Value {
    if (name === 'AWS::NoValue') return NO_VALUE;
    const parameter = this.template.Parameters[name];
    const text = this.#parameters[name] ?? parameter?.Default ?? this.#created[name]?.ref;
    if (text === undefined) throw new Error(`nothing is known of ${name}`);
    return parameter && /List/.test(parameter.Type) ? String(text).split(',') : String(text);
  }

  #attribute(name: string, attribute: string): string {
    const value = this.#created[name]?.attributes?.[attribute];
    if (value === undefined) throw new Error(`nothing is known of ${name}.${attribute}`);
    return value;
  }

  #sub(text: string, own: JsonMap): string {
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (own[name] !== undefined) return String(this.resolve(own[name]));
      const [resource = '', attribute] = name.split('.');
      return attribute === undefined ? String(this.#ref(name)) : this.#attribute(resource, attribute);
    });
  }

  #test(expression: Json): boolean {
    const [[key, argument] = ['', null]] = Object.entries(expression as JsonMap);
    const parts = argument as readonly Json[];
    if (key === 'Condition') return this.condition(argument as string);
    if (key === 'Fn::Equals') return this.resolve(parts[0] ?? null) === this.resolve(parts[1] ?? null);
    if (key === 'Fn::Not') return !this.#test(parts[0] ?? null);
    if (key === 'Fn::And') return parts.every((part) => this.#test(part));
    if (key === 'Fn::Or') return parts.some((part) => this.#test(part));
    throw new Error(`${key} is no condition`);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: properties of many types, whose shapes the assertions tell
type Answer = any;

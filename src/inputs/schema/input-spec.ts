/** What the schema says about one input. The tables in `groups/` are made of these. */
import type { Command } from '../../domain/verdicts.ts';

export const INPUT_GROUPS = [
  'general',
  'cluster',
  'auth',
  'connect',
  'policy',
  'connectors',
  'sync',
  'gate',
  'report',
] as const;
export type InputGroup = (typeof INPUT_GROUPS)[number];

/**
 * How the text is read, and what may stand in for it: `list` takes commas or lines (a sequence in the config file),
 * `size` takes `50MB`, `pem` takes PEM text or a path, `properties` takes a path or inline text.
 */
export type InputKind =
  | 'text'
  | 'choice'
  | 'boolean'
  | 'duration'
  | 'count'
  | 'size'
  | 'list'
  | 'host-ports'
  | 'url'
  | 'pem'
  | 'properties'
  | 'path'
  | 'shard';

export interface InputSpec {
  /** Kebab-case: the name in action.yml, in the config file and, after `--`, on the command line. */
  readonly name: string;
  readonly group: InputGroup;
  readonly kind: InputKind;
  /** One or two sentences for somebody who meets the input for the first time. */
  readonly description: string;
  /** Used when the input is given nowhere, and shown in documents. */
  readonly default?: string;
  readonly choices?: readonly string[];
  /** Masked, refused in the config file, and on the command line taken as env:NAME or file:PATH only. */
  readonly secret?: true;
  /** The commands that read it; absent: all. */
  readonly commands?: readonly Command[];
  /** Default in action.yml, an expression of GitHub's: only where an empty input cannot mean "not given". */
  readonly actionDefault?: string;
  /** GitHub's own: handed to the steps that speak to GitHub, and not to the one with the secrets of the clusters. */
  readonly ofGitHub?: true;
  /** `first`: among the dozen that most people need. */
  readonly importance: 'first' | 'rest';
}

export type Side = 'source' | 'target';

/** An input that both clusters have: named and described once, `{side}` filled in. */
export type SideSpec = Omit<InputSpec, 'name' | 'default'> & {
  readonly suffix: string;
  readonly defaults?: Readonly<Record<Side, string>>;
};

export function forSide(side: Side, specs: readonly SideSpec[]): readonly InputSpec[] {
  return specs.map(({ suffix, defaults, ...spec }) => ({
    ...spec,
    name: `${side}-${suffix}`,
    description: spec.description.replaceAll('{side}', side),
    ...(defaults === undefined ? {} : { default: defaults[side] }),
  }));
}

/** Collects what was given and what is wrong with it, while the groups read their inputs one by one. */
import type { LintIgnore } from '../domain/connectors/lint/lint.ts';
import type { SlowRegex } from '../domain/java-regex.ts';
import type { InputProblem } from '../errors.ts';
import type { RawGroupRule } from './config-checks.ts';
import type { FileText } from './file-text.ts';
import type { KeyFiles } from './key-files.ts';
import { isPath } from './load-pem.ts';
import { isInlineProperties } from './properties/inline.ts';
import { findInput, type InputName } from './schema/schema.ts';
import type { Fault } from './values/fault.ts';
import { show } from './values/show.ts';

export interface GivenValue {
  readonly text: string;
  /** Path of the config file that says so; null: given directly. */
  readonly configFile: string | null;
}

export interface ReaderSources {
  readonly given: ReadonlyMap<string, GivenValue>;
  readonly defaults: ReadonlyMap<string, string>;
  /** Rules for single groups, from the config file. */
  readonly groupRules: readonly RawGroupRule[];
  /** null: patterns that no linear engine can express are a problem. */
  readonly slowRegex?: SlowRegex | null;
  /** Silenced rules of the lint, from the config file; none when not given. */
  readonly lintIgnore?: readonly LintIgnore[];
  readonly readFile: (path: string) => FileText;
  readonly environment?: (name: string) => string | undefined;
  /** False: a missing password, key or user name is no problem. True when not given. */
  readonly secretsNeeded?: boolean;
  /** True: files are written from what is read, so that nothing but a secret may be missing. False when not given. */
  readonly generates?: boolean;
  readonly keyFiles?: KeyFiles;
}

/** Shorter texts occur in ordinary words, and hiding them would leave no readable message. */
const MIN_SCRUBBED_CHARS = 4;

export class InputReader {
  readonly readFile: (path: string) => FileText;
  readonly environment: (name: string) => string | undefined;
  readonly secretsNeeded: boolean;
  readonly generates: boolean;
  /** null: keys and certificates are judged by their shape alone, and stores other than PEM cannot be read. */
  readonly keyFiles: KeyFiles | null;
  readonly groupRules: readonly RawGroupRule[];
  readonly lintIgnore: readonly LintIgnore[];
  readonly slowRegex: SlowRegex | null;
  readonly #given: ReadonlyMap<string, GivenValue>;
  readonly #defaults: ReadonlyMap<string, string>;
  readonly #problems: InputProblem[] = [];
  readonly #notices: string[] = [];
  readonly #secrets = new Set<string>();

  constructor(sources: ReaderSources) {
    this.readFile = sources.readFile;
    this.environment = sources.environment ?? (() => undefined);
    this.secretsNeeded = sources.secretsNeeded ?? true;
    this.generates = sources.generates ?? false;
    this.keyFiles = sources.keyFiles ?? null;
    this.groupRules = sources.groupRules;
    this.lintIgnore = sources.lintIgnore ?? [];
    this.slowRegex = sources.slowRegex ?? null;
    this.#given = sources.given;
    this.#defaults = sources.defaults;
  }

  isGiven(name: InputName): boolean {
    return this.#given.has(name);
  }

  /** Names given directly, not by the config file, which several commands share. */
  givenDirectly(): readonly string[] {
    return [...this.#given].filter(([, value]) => value.configFile === null).map(([name]) => name);
  }

  /** Of all inputs that were given, directly or by the config file. */
  names(): ReadonlySet<string> {
    return new Set(this.#given.keys());
  }

  /** What was given, else null. */
  given(name: InputName): string | null {
    return this.#given.get(name)?.text ?? null;
  }

  /** What was given, else the default, else null. */
  text(name: InputName): string | null {
    return this.given(name) ?? this.defaultOf(name);
  }

  defaultOf(name: InputName): string | null {
    return this.#defaults.get(name) ?? findInput(name)?.default ?? null;
  }

  /** How a value is shown in a problem: quoted, with the config file it comes from; a secret never. */
  seen(name: InputName): string {
    const value = this.#given.get(name);
    if (value === undefined) return 'nothing';
    if (findInput(name)?.secret === true) return 'a secret (hidden)';
    return value.configFile === null ? show(value.text) : `${show(value.text)} in ${value.configFile}`;
  }

  problem(input: string, expected: string, seen: string, hint: string): void {
    this.#problems.push({ input, expected, seen, hint });
  }

  fault(input: string, fault: Fault): void {
    this.problem(input, fault.expected, fault.seen, fault.hint);
  }

  notice(text: string): void {
    if (!this.#notices.includes(text)) this.#notices.push(text);
  }

  secret(text: string): void {
    if (text !== '') this.#secrets.add(text);
  }

  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** All problems; a secret that slipped into another input is hidden there too. */
  get problems(): readonly InputProblem[] {
    return this.#problems.map((problem) => ({
      ...problem,
      // A cut text would show the beginning of a long secret.
      seen: this.#holdsSecret(problem.input) ? 'a text that holds a secret (hidden)' : this.#scrub(problem.seen),
      hint: this.#scrub(problem.hint),
    }));
  }

  get notices(): readonly string[] {
    return this.#notices.map((notice) => this.#scrub(notice));
  }

  #holdsSecret(name: string): boolean {
    const spec = findInput(name);
    const text = this.#given.get(name)?.text ?? '';
    // Inline PEM and properties may hold secrets, and their problems never quote them.
    const isInline =
      (spec?.kind === 'pem' && !isPath(text)) || (spec?.kind === 'properties' && isInlineProperties(text));
    return !isInline && spec?.secret !== true && this.#scrub(text) !== text;
  }

  #scrub(text: string): string {
    const hidden = this.secrets.filter((secret) => secret.length >= MIN_SCRUBBED_CHARS);
    return hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  }
}

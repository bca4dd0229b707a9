/** The terminal's arguments → raw inputs. */
import { COMMANDS } from '../domain/verdicts.ts';
import { InputError, type InputProblem } from '../errors.ts';
import { takeEcsFlags } from './ecs-line.ts';
import { type FlagContext, resolveFlagValue } from './flag-values.ts';
import { GENERATING, type GenerateLine, takeGenerateFlags } from './generate-line.ts';
import { CLI_COMMANDS } from './help/command-facts.ts';
import { HELP_TOPICS, type HelpTopic } from './help/render-help.ts';
import { type InputContext, parseInputs } from './parse-inputs.ts';
import { findInput, INPUTS } from './schema/schema.ts';
import { findSeedFlag, isSeedOnly, patternOfGroup, SEED_FLAGS, type SeedFlag, seedValues } from './seed-flags.ts';
import { closestName, didYouMean } from './values/closest-name.ts';
import { oneOf, show } from './values/show.ts';

export type CommandLine =
  | { readonly kind: 'help'; readonly topic: HelpTopic }
  | { readonly kind: 'version' }
  | { readonly kind: 'demo'; readonly keep: boolean }
  | GenerateLine
  /** `raw` and `notices` are handed on to `parseInputs`. */
  | { readonly kind: 'run'; readonly raw: ReadonlyMap<string, string>; readonly notices: readonly string[] };

export type CommandLineContext = FlagContext & Pick<InputContext, 'keyFiles'>;

const FLAGS = [...INPUTS.map(({ name }) => `--${name}`), ...SEED_FLAGS.map(({ long }) => long), '--help', '--version'];

/**
 * @param argv without node and the script.
 * @throws InputError with all problems, those of the values included.
 */
export function readCommandLine(argv: readonly string[], context: CommandLineContext): CommandLine {
  const [first = 'help', ...rest] = argv;
  if (first === 'help' || argv.some(isHelpFlag)) return readHelp(argv);
  if (argv.includes('--version')) return { kind: 'version' };
  if (first === 'demo') return readDemo(rest);
  if (first === 'generate') return readGenerate(rest, context);

  const reading = new FlagReading(context);
  if (first.startsWith('-')) reading.readFlags(argv);
  else {
    reading.readCommand(first);
    reading.readFlags(rest);
  }
  return reading.finish();
}

/** `help sync`, `sync --help` and `--help sync` ask the same; what else stands there is not looked at. */
function readHelp(argv: readonly string[]): CommandLine {
  const asked = argv.filter((token) => !isHelpFlag(token) && token !== 'help');
  const [word] = asked;
  if (word === undefined) return { kind: 'help', topic: 'overview' };
  const topic = HELP_TOPICS.find((known) => known === word);
  if (topic !== undefined) return { kind: 'help', topic };
  if (word.startsWith('-')) return { kind: 'help', topic: 'overview' };
  const hint = `${didYouMean(word, HELP_TOPICS)}--help shows what there is.`;
  throw new InputError([{ input: 'help', expected: oneOf(HELP_TOPICS), seen: show(word), hint }]);
}

function isHelpFlag(token: string): boolean {
  return token === '-h' || token === '--help';
}

function readDemo(argv: readonly string[]): CommandLine {
  const problems = argv
    .filter((token) => token !== '--keep')
    .map((token) => ({
      input: 'demo',
      expected: '--keep or nothing',
      seen: token.startsWith('-') ? show(token.replace(/=.*/s, '')) : 'an argument (hidden)',
      hint: 'The demo boots clusters of its own and takes no inputs.',
    }));
  if (problems.length > 0) throw new InputError(problems);
  return { kind: 'demo', keep: argv.includes('--keep') };
}

/** Its inputs are those of a plan. */
function readGenerate(tokens: readonly string[], context: CommandLineContext): CommandLine {
  const ecs = tokens[0] === 'ecs' ? takeEcsFlags(tokens.slice(1)) : null;
  const { out, force, rest, problems } = takeGenerateFlags(
    ecs?.rest ?? tokens,
    ecs === null ? 'connectors' : 'deploy/ecs',
  );
  const reading = new FlagReading({ ...context, ...GENERATING }, [...(ecs?.problems ?? []), ...problems]);
  reading.readCommand('plan');
  reading.readFlags(rest);
  const { raw, notices } = reading.finish();
  return { kind: 'generate', raw, notices, out, force, ...(ecs && { ecs: ecs.values }) };
}

/** One command line while it is read. */
class FlagReading {
  readonly #context: FlagContext & InputContext;
  readonly #raw = new Map<string, string>();
  /** Input → the flag that set it. */
  readonly #flagOf = new Map<string, string>();
  readonly #notices: string[] = [];
  readonly #problems: InputProblem[];
  /** Inputs that were meant and are not in `#raw`, so that nothing is said about their absence. */
  readonly #meant = new Set<string>();
  readonly #seedFlags: string[] = [];
  #seedGroup: string | null = null;

  constructor(context: FlagContext & InputContext, problems: readonly InputProblem[] = []) {
    this.#context = context;
    this.#problems = [...problems];
  }

  readCommand(word: string): void {
    this.#flagOf.set('command', 'the command');
    if (COMMANDS.some((command) => command === word)) this.#raw.set('command', word);
    else {
      const hint = `${didYouMean(word, CLI_COMMANDS)}--help shows them with examples.`;
      this.#problem('command', oneOf(CLI_COMMANDS), show(word), hint);
      this.#meant.add('command');
    }
  }

  readFlags(tokens: readonly string[]): void {
    for (let index = 0; index < tokens.length; ) {
      const token = tokens[index] ?? '';
      index += token.startsWith('-') ? this.#readFlag(token, tokens[index + 1]) : this.#refuseArgument(tokens, index);
    }
  }

  finish(): Extract<CommandLine, { kind: 'run' }> {
    if (this.#seedFlags.length > 0) this.#applySeed();
    if (this.#problems.length > 0) throw new InputError([...this.#problems, ...this.#problemsOfValues()]);
    return { kind: 'run', raw: this.#raw, notices: this.#notices };
  }

  /** → how many tokens were used. */
  #readFlag(token: string, next: string | undefined): number {
    const [, flag = token, attached] = /^(--[^=]*)=([\s\S]*)$/.exec(token) ?? [];
    const spec = flag.startsWith('--') ? findInput(flag.slice(2)) : undefined;
    const seed = spec === undefined ? findSeedFlag(flag) : undefined;
    if (isSeedOnly(flag)) this.#seedFlags.push(flag);
    if (spec === undefined && seed === undefined) return this.#refuseFlag(flag, attached, next);
    if (seed?.fixedValue !== undefined) {
      this.#setFixed(flag, seed, seed.fixedValue);
      return 1;
    }
    if (spec?.kind === 'boolean' && attached === undefined && next !== 'true' && next !== 'false') {
      this.#set(flag, spec.name, 'true');
      return 1;
    }
    const value = attached ?? next;
    if (value === undefined || value === '' || (attached === undefined && isFlag(value))) {
      this.#problem(flag, 'a value after it', 'nothing', `Write ${flag} VALUE, or leave it out.`);
      this.#meant.add(spec?.name ?? seed?.input ?? '');
      return value === '' && attached === undefined ? 2 : 1;
    }
    if (seed !== undefined) this.#setSeed(flag, seed, value);
    else if (spec !== undefined) this.#set(flag, spec.name, value);
    return attached === undefined ? 2 : 1;
  }

  #set(flag: string, name: string, value: string): void {
    const earlier = this.#flagOf.get(name);
    const spec = findInput(name);
    if (spec === undefined) return;
    if (earlier !== undefined) {
      this.#problem(flag, `${name} once`, `${earlier} and ${flag}`, 'Leave one of them out; lists take commas.');
      return;
    }
    this.#flagOf.set(name, flag);
    const resolved = resolveFlagValue(spec, flag, value, this.#context);
    if ('text' in resolved) this.#raw.set(name, resolved.text);
    else {
      this.#problems.push(resolved.problem);
      this.#meant.add(name);
    }
  }

  /** -mtls includes -ssl: both together are no contradiction. */
  #setFixed(flag: string, seed: SeedFlag, value: string): void {
    const earlier = findSeedFlag(this.#flagOf.get(seed.input ?? '') ?? '');
    if (seed.input === null) return;
    if (earlier?.fixedValue === undefined) this.#set(flag, seed.input, value);
    else if (value === 'mtls') this.#raw.set(seed.input, value);
  }

  #setSeed(flag: string, seed: SeedFlag, value: string): void {
    if (seed.input === null) this.#notices.push(`${flag} is not used, as in the original tool.`);
    else if (seed.input === 'groups') {
      this.#seedGroup = value;
      this.#set(flag, 'groups', patternOfGroup(value));
    } else this.#set(flag, seed.input, value);
  }

  #applySeed(): void {
    const command = this.#raw.get('command');
    if (command !== 'sync' && !this.#meant.has('command')) {
      const seen = command === undefined ? 'no command' : `${command} with ${this.#seedFlags[0]}`;
      const hint = 'Flags of the original tool belong to sync: put sync before them.';
      this.#problem('command', 'sync', seen, hint);
      this.#meant.add('command');
    }
    const meant = [...this.#meant].map((name) => [name, ''] as const);
    const { values, notices } = seedValues(new Map([...meant, ...this.#raw]), this.#seedGroup);
    for (const [name, value] of values) this.#raw.set(name, value);
    this.#notices.push(...notices);
  }

  #refuseFlag(flag: string, attached: string | undefined, next: string | undefined): number {
    const closest = closestName(
      flag.replace(/^-+/, ''),
      FLAGS.map((known) => known.slice(2)),
    );
    if (closest !== null) this.#meant.add(closest);
    const hint = `${closest === null ? '' : `Did you mean --${closest}? `}--help lists all flags.`;
    // -pSECRET is a habit of other tools: what resembles no flag is not echoed.
    const shown = flag.startsWith('--') || closest !== null ? show(flag) : 'another one (hidden)';
    this.#problem('arguments', 'a known flag', shown, hint);
    // The value of an unknown flag is no argument of its own.
    return attached === undefined && next !== undefined && !next.startsWith('-') ? 2 : 1;
  }

  #refuseArgument(tokens: readonly string[], index: number): number {
    const before = tokens.slice(0, index).findLast((token) => token.startsWith('-'));
    const where = before === undefined ? 'after the command' : `after ${show(before.replace(/=.*/s, ''))}`;
    const hint = 'Quote values with spaces and patterns, which the shell takes apart.';
    this.#problem('arguments', '--name value', `an argument without a flag ${where} (hidden)`, hint);
    return 1;
  }

  /** What is wrong with the values that were readable, so that one run shows everything. */
  #problemsOfValues(): readonly InputProblem[] {
    try {
      parseInputs(this.#raw, this.#context);
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.problems.filter(({ input }) => !this.#meant.has(input));
    }
  }

  #problem(input: string, expected: string, seen: string, hint: string): void {
    this.#problems.push({ input, expected, seen, hint });
  }
}

/** PEM text opens with hyphens too. */
function isFlag(token: string): boolean {
  return /^--[A-Za-z]/.test(token) || SEED_FLAGS.some(({ short }) => token === short);
}

/** Raw strings → typed inputs, or every problem at once. */
import type { SlowRegex } from '../domain/java-regex.ts';
import { InputError } from '../errors.ts';
import { checkAwsRegion } from './aws-region.ts';
import { checkClusters, checkGenerate, checkNeeds, checkTimes, sayUnusedInputs } from './command-needs.ts';
import { parseConfigFile } from './config-file.ts';
import type { FileText } from './file-text.ts';
import { readConnect } from './groups/connect.ts';
import { readApply } from './groups/connectors.ts';
import { readGate } from './groups/gate.ts';
import { readGeneral } from './groups/general.ts';
import { readGeneration } from './groups/generation.ts';
import { readReplication, readSelection } from './groups/policy.ts';
import { readReport } from './groups/report.ts';
import { readSync } from './groups/sync.ts';
import { readTranslation } from './groups/translation.ts';
import { type GivenValue, InputReader } from './input-reader.ts';
import type { KeyFiles } from './key-files.ts';
import { isPath } from './load-pem.ts';
import { readCluster } from './read-cluster.ts';
import { findInput, INPUTS } from './schema/schema.ts';
import { registerLines, registerPassword } from './secret-forms.ts';
import type { Inputs } from './typed-inputs.ts';
import { didYouMean } from './values/closest-name.ts';
import { show } from './values/show.ts';
import { checkLintOnly, reasonForLintOnly } from './without-secrets.ts';

export type { FileText };

export interface InputContext {
  /** Reads a UTF-8 file. */
  readonly readFile: (path: string) => FileText;
  /** Reads stores and judges keys. Without it PEM is read, by its shape alone. */
  readonly keyFiles?: KeyFiles;
  /** Matches patterns that no linear engine can express. Without it they are a problem. */
  readonly slowRegex?: SlowRegex;
  /** Looks up a variable, e.g. AWS_REGION. Without it there are none. */
  readonly environment?: (name: string) => string | undefined;
  /** Defaults that this surface knows better than the schema, e.g. the action's own `report-dir`. Lowest rank. */
  readonly defaults?: ReadonlyMap<string, string>;
  /** False where credentials may be missing: files are generated, or only linted. True when not given. */
  readonly secretsNeeded?: boolean;
  /** True for `generate` alone, which needs what connectors are generated from, and no command's needs. */
  readonly generates?: boolean;
  /** Why this run has no secrets, e.g. `a pull request from a fork`; null or absent for any other. */
  readonly withoutSecrets?: string | null;
  /** Said before the run, e.g. by the command line about the flags of the original tool. */
  readonly notices?: readonly string[];
}

/**
 * Order of precedence: `raw`, the `config` file that it names, `context.defaults`, the schema.
 * @param raw input name in kebab-case → text; an empty text means not given.
 * @throws InputError with all problems.
 */
export function parseInputs(raw: ReadonlyMap<string, string>, context: InputContext): Inputs {
  const reader = createReader(raw, context);
  const general = readGeneral(reader);
  const clusters = { source: readCluster(reader, 'source'), target: readCluster(reader, 'target') };
  const connect = readConnect(reader, general.command);
  const replication = readReplication(reader, clusters.source.isGiven);
  const selection = readSelection(reader);
  const apply = readApply(reader);
  const generation = readGeneration(reader);
  const translation = readTranslation(reader, general.command, clusters);
  const sync = readSync(reader, general.command);
  const gate = readGate(reader);
  const report = readReport(reader);

  checkAwsRegion(reader, clusters);
  // What merges reports speaks to nobody, with secrets or without.
  const merges = general.command === 'report' && !context.generates;
  const lintOnly = merges ? null : reasonForLintOnly(context.withoutSecrets ?? null, reader.names());
  const speaks = !merges && lintOnly === null;
  if (context.generates) checkGenerate(reader, clusters, generation.properties);
  else if (lintOnly === null) checkNeeds(reader, general.command, clusters, sync);
  else checkLintOnly(reader, general.command, lintOnly);
  checkClusters(reader, clusters);
  checkTimes(reader, general, sync);
  sayUnusedInputs(reader, general.command);
  if (reader.problems.length > 0) throw new InputError(reader.problems);

  return {
    ...general,
    source: speaks ? clusters.source.cluster : null,
    target: speaks ? clusters.target.cluster : null,
    connect: speaks ? connect : null,
    withoutSecrets: lintOnly,
    replication,
    selection,
    apply,
    generation,
    lintIgnore: reader.lintIgnore,
    given: reader.names(),
    translation,
    sync,
    gate,
    report,
    secrets: reader.secrets,
    notices: reader.notices,
  };
}

function secretsNeeded(
  { secretsNeeded: needed = true, withoutSecrets = null }: InputContext,
  given: ReadonlyMap<string, GivenValue>,
): boolean {
  if (given.get('command')?.text === 'report') return false;
  return needed && reasonForLintOnly(withoutSecrets, new Set(given.keys())) === null;
}

function createReader(raw: ReadonlyMap<string, string>, context: InputContext): InputReader {
  const given = new Map<string, GivenValue>();
  const direct = new Map([...raw].map(([name, text]) => [name, cleaned(name, text)]));
  const configPath = direct.get('config') ?? '';
  const file = configPath === '' ? null : context.readFile(configPath);
  const config = file !== null && 'text' in file ? parseConfigFile(file.text, configPath) : null;
  for (const [name, text] of config?.values ?? []) given.set(name, { text: text.trim(), configFile: configPath });
  for (const [name, text] of direct) if (text !== '') given.set(name, { text, configFile: null });

  const reader = new InputReader({
    given,
    defaults: context.defaults ?? new Map(),
    groupRules: config?.groupRules ?? [],
    lintIgnore: config?.lintIgnore ?? [],
    readFile: context.readFile,
    slowRegex: context.slowRegex ?? null,
    ...(context.environment === undefined ? {} : { environment: context.environment }),
    ...(context.keyFiles === undefined ? {} : { keyFiles: context.keyFiles }),
    secretsNeeded: secretsNeeded(context, given),
    generates: context.generates ?? false,
  });
  registerSecrets(reader, given);
  for (const notice of context.notices ?? []) reader.notice(notice);
  if (file !== null && 'error' in file) {
    const hint = 'The path counts from the working folder: check out the repository before this step.';
    reader.problem('config', 'the path of a readable YAML file', `${show(configPath)} (${file.error})`, hint);
  }
  for (const { input, expected, seen, hint } of config?.problems ?? []) reader.problem(input, expected, seen, hint);
  refuseUnknown(reader, direct);
  return reader;
}

/** A secret keeps its spaces, but not the line break at its end that `echo` and copying add. */
function cleaned(name: string, text: string): string {
  return findInput(name)?.secret === true ? text.replace(/(?:\r?\n)+$/, '') : text.trim();
}

/** Before anything is said about any input: a secret may stand in the wrong one as well. */
function registerSecrets(reader: InputReader, given: ReadonlyMap<string, GivenValue>): void {
  for (const [name, { text }] of given) {
    const spec = findInput(name);
    if (spec?.secret !== true) continue;
    if (spec.kind !== 'pem') registerPassword(reader, text);
    else if (!isPath(text)) registerLines(reader, text);
  }
}

function refuseUnknown(reader: InputReader, direct: ReadonlyMap<string, string>): void {
  const names = INPUTS.map(({ name }) => name);
  for (const [name, text] of direct) {
    if (text === '' || findInput(name) !== undefined) continue;
    reader.problem(
      show(name),
      'the name of an input',
      'an unknown name',
      `${didYouMean(name, names)}The README lists all.`,
    );
  }
}

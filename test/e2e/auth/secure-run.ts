/** Runs of the program's own path, from texts of inputs as a workflow gives them, against the secure bed. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { inject } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import type { ProxySettings } from '../../../src/adapters/connect/http.ts';
import { createKeyFiles } from '../../../src/adapters/files/key-stores/key-files.ts';
import { readTextFile } from '../../../src/adapters/files/text-file.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../../src/inputs/typed-inputs.ts';
import type { Log } from '../../../src/operations/ports.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { runCommand } from '../../../src/run/run-command.ts';
import { openAuthority } from '../../../src/testbed/security/authority.ts';
import {
  type Access,
  SECURE_SCHEMES,
  type SecureScheme,
  secureAccess,
} from '../../../src/testbed/security/secure-listeners.ts';
import type { Side } from './matrix-table.ts';

export type RawInputs = Readonly<Record<string, string>>;

export const secureBed = inject('secureBed');
export const authority = openAuthority(join(secureBed.folder, 'certificates'));
export const accessOf = (scheme: SecureScheme): Access => secureAccess(authority, scheme);
export const matrixFile = join(secureBed.folder, 'matrix.jsonl');

/** Whose credentials stand in the environment, as `configure-aws-credentials` leaves them there. */
export type Scheme = SecureScheme | 'iam';
export const SCHEMES: readonly Scheme[] = [...SECURE_SCHEMES, 'iam'];

/** What a person writes for one side: an input each. */
export function sideInputs(side: Side, scheme: Scheme): RawInputs {
  const servers = secureBed[side].servers;
  if (scheme === 'iam') {
    return {
      [`${side}-bootstrap-servers`]: servers['IAM'] ?? '',
      [`${side}-auth`]: 'iam',
      [`${side}-ca`]: authority.caPem(),
    };
  }
  const { listener, protocol, username, password, caPem, certificatePem, keyPem } = accessOf(scheme);
  const inputs: Record<string, string | null> = {
    [`${side}-bootstrap-servers`]: servers[listener] ?? null,
    [`${side}-auth`]: scheme.replace(/-open$/, ''),
    [`${side}-tls`]: protocol === 'SASL_PLAINTEXT' ? 'false' : null,
    [`${side}-username`]: username,
    [`${side}-password`]: password,
    [`${side}-ca`]: caPem,
    [`${side}-certificate`]: certificatePem,
    [`${side}-key`]: keyPem,
  };
  return Object.fromEntries(Object.entries(inputs).filter((entry): entry is [string, string] => entry[1] !== null));
}

export function parsed(raw: RawInputs): Inputs {
  const environment = (name: string) => env[name];
  const context = { readFile: readTextFile, keyFiles: createKeyFiles(systemClock.now), environment };
  return parseInputs(new Map(Object.entries(raw)), context);
}

/** Runs with the variables in the environment, and with those from before afterwards. */
export async function withEnvironment<T>(variables: RawInputs, work: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, env[name]] as const);
  Object.assign(env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
  }
}

export interface SecureRun {
  readonly report: ReportModel;
  /** Every line of every level. */
  readonly lines: readonly string[];
}

export async function runWith(raw: RawInputs, proxy: ProxySettings | null = null): Promise<SecureRun> {
  const reportDir = await mkdtemp(join(secureBed.folder, 'report-'));
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const log: Log = { stage: add, info: add, warn: add, debug: add };
  const host = { log, clock: systemClock, signal: new AbortController().signal, proxy, workingFolder: reportDir };
  const report = await runCommand(parsed({ 'report-dir': reportDir, ...raw }), host);
  return { report, lines };
}

/** The errors of a run as a person reads them: message and hint. */
export function errorsOf({ report }: SecureRun): readonly string[] {
  return report.errors.map(({ message, hint }) => `${message} ${hint ?? ''}`);
}

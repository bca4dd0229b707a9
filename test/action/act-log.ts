/** What a workflow under act did, read from the lines of `act --json`: its jobs, their steps, and what each step left. */

export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface ActStep {
  readonly outcome: Outcome | null;
  /** What the step printed, workflow commands left out. */
  readonly log: string;
}

export interface ActAnnotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** Where it stands in the diff of a pull request; not there for one of the whole run. */
  readonly at?: { readonly file: string; readonly line: string };
}

/** A step of a job, be it a use of an action or a script of its own. */
export interface ActJobStep {
  readonly id: string;
  /** As the page of the run shows it: its `name`, else what it uses. */
  readonly name: string;
  readonly outcome: Outcome | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly ActAnnotation[];
  readonly log: string;
  /** Steps of the composite action that it uses, by their ids. */
  readonly inner: Readonly<Record<string, ActStep>>;
}

export interface ActJob {
  readonly id: string;
  /** The values of the matrix that this job was started for; empty without one. */
  readonly matrix: Readonly<Record<string, unknown>>;
  readonly result: Outcome | null;
  /** Steps that ran, in their order; a step whose `if` said no is not there. */
  readonly steps: readonly ActJobStep[];
}

/** A line of `act --json`, as far as we read it. */
export interface ActLine {
  readonly job?: string;
  readonly jobID?: string;
  readonly jobResult?: Outcome;
  readonly matrix?: Readonly<Record<string, unknown>>;
  readonly step?: string;
  readonly stepID?: readonly string[];
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly kvPairs?: Readonly<Record<string, string>>;
  readonly stepResult?: Outcome;
  readonly stage?: string;
  readonly raw_output?: boolean;
  readonly msg?: string;
}

export function jobsIn(lines: readonly ActLine[]): readonly ActJob[] {
  const byJob = groupedBy(lines, ({ job }) => job);
  return [...byJob.values()].map((ofJob) => ({
    id: ofJob[0]?.jobID ?? '',
    matrix: ofJob.find(({ matrix }) => matrix !== undefined)?.matrix ?? {},
    result: ofJob.findLast(({ jobResult }) => jobResult !== undefined)?.jobResult ?? null,
    steps: [...groupedBy(ofJob, ({ stepID, stage }) => (stage === 'Main' ? stepID?.[0] : undefined))].map(
      ([id, ofStep]) => jobStep(id, ofStep),
    ),
  }));
}

export function jobStep(id: string, lines: readonly ActLine[]): ActJobStep {
  const outer = lines.filter(({ stepID }) => stepID?.length === 1);
  const inner = groupedBy(lines, ({ stepID }) => stepID?.[1]);
  return {
    id,
    name: outer.find(({ step }) => step !== undefined)?.step ?? '',
    outcome: outcomeOf(outer),
    outputs: outputsOf(outer),
    // The use of a composite repeats what its own steps have written.
    summary: lines.findLast(({ command, content }) => command === 'summary' && content !== undefined)?.content ?? '',
    annotations: lines.flatMap(annotationOf),
    log: printedBy(lines),
    inner: Object.fromEntries([...inner].map(([name, ofInner]) => [name, toStep(ofInner)])),
  };
}

export function toStep(lines: readonly ActLine[]): ActStep {
  return { outcome: outcomeOf(lines), log: printedBy(lines) };
}

function printedBy(lines: readonly ActLine[]): string {
  const printed = lines.filter(({ raw_output }) => raw_output === true);
  return printed.map(({ msg = '' }) => msg).join('');
}

function outputsOf(lines: readonly ActLine[]): Readonly<Record<string, string>> {
  const outputs = lines.filter(({ command }) => command === 'set-output');
  return Object.fromEntries(outputs.map(({ name = '', arg = '' }) => [name, arg]));
}

function outcomeOf(lines: readonly ActLine[]): Outcome | null {
  return lines.findLast(({ stepResult, stage }) => stepResult !== undefined && stage === 'Main')?.stepResult ?? null;
}

function annotationOf({ command, kvPairs, arg }: ActLine): ActAnnotation[] {
  if (command !== 'error' && command !== 'warning' && command !== 'notice') return [];
  const { title = '', file, line = '' } = kvPairs ?? {};
  return [{ kind: command, title, message: arg ?? '', ...(file === undefined ? {} : { at: { file, line } }) }];
}

/** Lines without a key are left out. */
function groupedBy(lines: readonly ActLine[], keyOf: (line: ActLine) => string | undefined) {
  const groups = new Map<string, ActLine[]>();
  for (const line of lines) {
    const key = keyOf(line);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    group.push(line);
  }
  return groups;
}

/**
 * How much detail the sections of a summary may show. The widest step that leaves room for the consumer groups is taken;
 * each list says what it left out.
 */
export interface Caps {
  readonly errors: number;
  readonly connectors: number;
  readonly diffs: number;
  readonly diffKeys: number;
  readonly traces: number;
  readonly cases: number;
  readonly warnings: number;
  readonly reasonGroups: number;
  readonly findings: number;
  readonly silenced: number;
  readonly passes: number;
  /** Whether there is room for what is folded away: checks that pass, the chart, how to read it all. */
  readonly folds: boolean;
}

export const WIDE: Caps = {
  errors: 20,
  connectors: 100,
  diffs: 20,
  diffKeys: 100,
  traces: 5,
  cases: 20,
  warnings: 20,
  reasonGroups: 3,
  findings: 50,
  silenced: 50,
  passes: 20,
  folds: true,
};

/** Widest first. The last one has nothing that is opened and must be closed again, so that it can be cut at any line. */
export const LADDER: readonly Caps[] = [
  WIDE,
  {
    ...WIDE,
    connectors: 50,
    diffs: 10,
    diffKeys: 30,
    traces: 3,
    cases: 10,
    warnings: 10,
    findings: 30,
    silenced: 10,
    passes: 10,
  },
  {
    ...WIDE,
    errors: 10,
    connectors: 30,
    diffs: 5,
    diffKeys: 10,
    traces: 1,
    cases: 3,
    warnings: 5,
    findings: 10,
    silenced: 0,
    passes: 5,
  },
  {
    errors: 5,
    connectors: 10,
    diffs: 0,
    diffKeys: 0,
    traces: 0,
    cases: 0,
    warnings: 3,
    reasonGroups: 1,
    findings: 5,
    silenced: 0,
    passes: 0,
    folds: false,
  },
];

export const SEVERITIES = ['error', 'warning', 'notice'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something odd that a person should know, with what to do about it. */
export interface Finding {
  /** Kebab-case id, stable. */
  readonly rule: string;
  readonly severity: Severity;
  /** The named thing: topic, group list, file, cluster side. */
  readonly where: string;
  readonly message: string;
  readonly hint: string;
  /** Line of a file of the repository that it is about: becomes an annotation there. */
  readonly at?: FindingPlace | undefined;
  /** Why somebody silenced the rule; such a finding is shown, and decides nothing. */
  readonly silenced?: string | undefined;
}

export interface FindingPlace {
  /** Relative to the working folder. */
  readonly file: string;
  /** Starts at one; null when only the file is known. */
  readonly line: number | null;
}

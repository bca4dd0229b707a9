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
}

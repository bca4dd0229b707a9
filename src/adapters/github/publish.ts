/** What a step gives to GitHub besides its log. */
import { writeFile } from 'node:fs/promises';
import * as core from '@actions/core';
import type { Annotation } from '../../report/render-annotations.ts';

/**
 * Before the first line that could hold one of them. Never give it a host, group or topic: GitHub drops outputs
 * that contain a mask.
 */
export function maskSecrets(secrets: readonly string[]): void {
  for (const secret of secrets) if (secret.trim() !== '') core.setSecret(secret);
}

const ISSUE = { error: core.error, warning: core.warning, notice: core.notice };

/**
 * Shown on the run's page, and beside the line of a file that it names, which GitHub takes as relative to the root of
 * the repository. The words are plain text; core escapes what commands need escaped.
 */
export function annotate(annotations: readonly Annotation[]): void {
  for (const { kind, title, message, file, line } of annotations) {
    const place = file === undefined ? {} : { file, ...(line === undefined ? {} : { startLine: line }) };
    ISSUE[kind](message, { title, ...place });
  }
}

/** An output that is null stays unset, which a workflow reads as an empty text. */
export function setOutputs(outputs: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(outputs)) if (value !== null) core.setOutput(name, value);
}

/** Each step has a summary file of its own. `path` is GITHUB_STEP_SUMMARY; '' on servers that have no summaries. */
export async function writeSummary(path: string, markdown: string): Promise<void> {
  if (path !== '') await writeFile(path, markdown, 'utf8');
}

/** The forms of a report that lie beside its report.json, for people, test views of a CI, and spreadsheets. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, replaceFile } from '../adapters/files/replace-file.ts';
import { renderHtml } from '../report/html/render-html.ts';
import type { ReportModel } from '../report/report-model.ts';
import { csvChunks } from '../report/tables/csv.ts';
import { renderJunit } from '../report/tables/junit.ts';

export interface ReportPlace {
  /** The folder of report.json. */
  readonly folder: string;
  readonly label: string;
  /** Page of the CI's run; null when not known. */
  readonly runUrl: string | null;
}

export interface WrittenFiles {
  /** Path of report.html; null when it could not be written. */
  readonly html: string | null;
  /** One sentence for each file that could not be written. */
  readonly warnings: readonly string[];
}

/** Throws nothing: each file stands for itself, and report.json holds all that they show. */
export async function writeReportFiles(model: ReportModel, place: ReportPlace): Promise<WrittenFiles> {
  const { folder, label, runUrl } = place;
  const files: readonly (readonly [string, () => Iterable<string>])[] = [
    ['report.html', () => renderHtml(model, { label, runUrl }).chunks],
    ['junit.xml', () => [renderJunit(model, { label })]],
    ['report.csv', () => csvChunks(model)],
  ];
  const warnings: string[] = [];
  const written = new Set<string>();
  for (const [name, render] of files) {
    const path = join(folder, name);
    const problem = await write(path, render);
    if (problem === null) written.add(name);
    else warnings.push(`${path} is missing: ${problem}. All that it would show is in report.json.`);
  }
  return { html: written.has('report.html') ? join(folder, 'report.html') : null, warnings };
}

/** null: it is there. An earlier run's file must not pass for this one's. */
async function write(path: string, render: () => Iterable<string>): Promise<string | null> {
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await replaceFile(path, render());
    return null;
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    return reasonOf(error).replace(/\.$/, '');
  }
}

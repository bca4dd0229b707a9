/** The scenes of the demo after the boot, in order. */
import { EXIT_CODES } from '../domain/run-result.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { ManagedProcess } from '../testbed/processes.ts';
import { applyConnectors, fillSource, letItRun } from './setting-up.ts';
import type { Stage } from './stage.ts';
import { askJava, plan, sync } from './syncing.ts';

export interface Ending {
  readonly exitCode: number;
  /** Of the sync. */
  readonly report: ReportModel;
  /** Whether Java's tool shows the offsets that the report claims. */
  readonly equal: boolean;
  /** The active group's, on the target. */
  readonly consumer: ManagedProcess;
}

export async function play(stage: Stage): Promise<Ending> {
  await fillSource(stage);
  await applyConnectors(stage);
  const consumer = await letItRun(stage);
  await plan(stage);
  const report = await sync(stage);
  const equal = await askJava(stage, report);
  return { exitCode: equal ? EXIT_CODES[report.result] : EXIT_CODES.failed, report, equal, consumer };
}

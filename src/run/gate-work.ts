import { MigrationError } from '../errors.ts';
import type { OffsetClusters } from './offset-work.ts';
import type { Run } from './run-command.ts';

export async function gateWork(_run: Run, _clusters: OffsetClusters): Promise<void> {
  throw new MigrationError('INTERNAL', 'Check the cutover');
}

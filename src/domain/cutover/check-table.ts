/** The checks of the gate: their number among the twelve (mm2-and-connect.md §5.1), and the phases that ask them. */
import type { Check } from './check.ts';
import { acls } from './checks/acls.ts';
import { activity } from './checks/activity.ts';
import { appends } from './checks/appends.ts';
import { bounds } from './checks/bounds.ts';
import { checkpointAge } from './checks/checkpoint-age.ts';
import { connectorDrift } from './checks/connector-drift.ts';
import { connectors } from './checks/connectors.ts';
import { coverage } from './checks/coverage.ts';
import { heartbeat } from './checks/heartbeat.ts';
import { hiddenGroups } from './checks/hidden-groups.ts';
import { identity } from './checks/identity.ts';
import { mm2Version } from './checks/mm2-version.ts';
import { moved } from './checks/moved.ts';
import { noSkip } from './checks/no-skip.ts';
import { noSourceCommit } from './checks/no-source-commit.ts';
import { offsetsRetention } from './checks/offsets-retention.ts';
import { partitions } from './checks/partitions.ts';
import { redelivered } from './checks/redelivered.ts';
import { replicationLag } from './checks/replication-lag.ts';
import { rollback } from './checks/rollback.ts';
import { sourceRetention } from './checks/source-retention.ts';
import { topicConfigs } from './checks/topic-configs.ts';
import { transactions } from './checks/transactions.ts';
import { PHASES, type Phase } from './facts.ts';

export interface CheckRow {
  readonly number: number;
  readonly check: Check;
  readonly phases: readonly Phase[];
}

const BEFORE_THE_MOVE: readonly Phase[] = ['rehearse', 'cutover'];

export const CHECK_TABLE: readonly CheckRow[] = [
  { number: 1, check: noSkip, phases: BEFORE_THE_MOVE },
  { number: 2, check: redelivered, phases: BEFORE_THE_MOVE },
  { number: 3, check: coverage, phases: PHASES },
  { number: 3, check: hiddenGroups, phases: PHASES },
  { number: 3, check: noSourceCommit, phases: BEFORE_THE_MOVE },
  { number: 4, check: replicationLag, phases: PHASES },
  { number: 4, check: sourceRetention, phases: PHASES },
  { number: 5, check: checkpointAge, phases: BEFORE_THE_MOVE },
  { number: 6, check: activity, phases: ['cutover', 'decommission'] },
  { number: 6, check: appends, phases: ['cutover', 'decommission'] },
  { number: 6, check: moved, phases: ['decommission'] },
  { number: 7, check: connectors, phases: BEFORE_THE_MOVE },
  { number: 7, check: connectorDrift, phases: BEFORE_THE_MOVE },
  { number: 7, check: mm2Version, phases: BEFORE_THE_MOVE },
  { number: 8, check: heartbeat, phases: BEFORE_THE_MOVE },
  { number: 9, check: partitions, phases: BEFORE_THE_MOVE },
  { number: 9, check: topicConfigs, phases: BEFORE_THE_MOVE },
  { number: 9, check: acls, phases: BEFORE_THE_MOVE },
  { number: 9, check: offsetsRetention, phases: BEFORE_THE_MOVE },
  { number: 9, check: transactions, phases: BEFORE_THE_MOVE },
  { number: 10, check: bounds, phases: BEFORE_THE_MOVE },
  { number: 11, check: identity, phases: PHASES },
  { number: 12, check: rollback, phases: ['cutover'] },
];

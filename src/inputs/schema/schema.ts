/**
 * All inputs, in the order of the documents: the only source of action.yml's `inputs:`, the README tables, the flags
 * and `--help`. An input stands here only if something acts on it.
 */
import { AUTH_INPUTS, AWS_INPUTS } from './auth.ts';
import { CLUSTER_INPUTS } from './cluster.ts';
import { CONNECT_INPUTS } from './connect.ts';
import { CONNECTORS_INPUTS } from './connectors.ts';
import { GATE_INPUTS } from './gate.ts';
import { GENERAL_INPUTS } from './general.ts';
import { forSide, type InputGroup, type InputSpec, type Side } from './input-spec.ts';
import { POLICY_INPUTS } from './policy.ts';
import { REPORT_INPUTS } from './report.ts';
import { SYNC_INPUTS } from './sync.ts';
import { TRANSLATION_INPUTS } from './translation.ts';

type SideInputName = (typeof CLUSTER_INPUTS | typeof AUTH_INPUTS)[number]['suffix'];
type PlainInputName = (
  | typeof GENERAL_INPUTS
  | typeof AWS_INPUTS
  | typeof CONNECT_INPUTS
  | typeof POLICY_INPUTS
  | typeof CONNECTORS_INPUTS
  | typeof SYNC_INPUTS
  | typeof TRANSLATION_INPUTS
  | typeof GATE_INPUTS
  | typeof REPORT_INPUTS
)[number]['name'];

/** Every input by name, so that a misspelt one does not compile. */
export type InputName = PlainInputName | `${Side}-${SideInputName}`;

export const GROUP_TITLES: Readonly<Record<InputGroup, string>> = {
  general: 'General',
  cluster: 'Clusters',
  auth: 'Signing in to the clusters',
  connect: 'Kafka Connect',
  policy: 'What MirrorMaker 2 replicates, and under which names',
  connectors: 'Connectors',
  sync: 'Offset sync',
  gate: 'Cutover gate',
  report: 'Report',
};

export const INPUTS: readonly InputSpec[] = [
  ...GENERAL_INPUTS,
  ...forSide('source', CLUSTER_INPUTS),
  ...forSide('target', CLUSTER_INPUTS),
  ...forSide('source', AUTH_INPUTS),
  ...forSide('target', AUTH_INPUTS),
  ...AWS_INPUTS,
  ...CONNECT_INPUTS,
  ...POLICY_INPUTS,
  ...CONNECTORS_INPUTS,
  ...SYNC_INPUTS,
  ...TRANSLATION_INPUTS,
  ...GATE_INPUTS,
  ...REPORT_INPUTS,
];

const BY_NAME: ReadonlyMap<string, InputSpec> = new Map(INPUTS.map((spec) => [spec.name, spec]));

export function findInput(name: string): InputSpec | undefined {
  return BY_NAME.get(name);
}

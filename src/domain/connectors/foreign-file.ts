/** Files that are no connector's: configs of other tools, and what a broad glob hits besides. */
import type { InputProblem } from '../../errors.ts';
import type { Finding } from '../finding.ts';
import type { FileMap } from './connector-file.ts';

export interface ForeignFile {
  readonly file: string;
  /** False: nothing in it looks like a connector's. */
  readonly ofOtherTool: boolean;
  readonly problem: InputProblem;
}

/** Keys that `{name, config}` may have; a file of these alone is meant as a connector, however broken. */
export const WRAPPER_KEYS: ReadonlySet<string> = new Set(['name', 'config', 'tasks', 'type']);

const CONNECTOR_KEY =
  /^(?:(?:topics|groups)(?:\.exclude|\.blacklist|\.regex)?|(?:connector|tasks|transforms|errors|producer\.override|consumer\.override|admin\.override|(?:source|target)\.cluster|replication|sync|emit|refresh|offset|offset-syncs|checkpoints|heartbeats)\..+|(?:key|value|header)\.converter)$/;
const DEDICATED_FLOW = /^[^\s>]+->[^\s>]+\./;

/** null: a connector, or meant as one. No text of the file is quoted but the kind of a Kubernetes resource. */
export function foreignFile(file: string, map: FileMap): ForeignFile | null {
  const tool = otherTool(map);
  if (tool !== null) {
    const problem = { input: 'connectors', expected: 'a connector', seen: `${tool.seen} in ${file}`, hint: tool.hint };
    return { file, ofOtherTool: true, problem };
  }
  if (looksLikeConnector(map)) return null;
  const hint = 'It is not a connector: narrow the glob to the connector files.';
  const seen = `no key that a connector has in ${file}`;
  return { file, ofOtherTool: false, problem: { input: 'connectors', expected: 'a connector', seen, hint } };
}

/** Where nothing is written, such a file does not keep the others from being linted. */
export function foreignFinding({ file, ofOtherTool, problem }: ForeignFile): Finding {
  return {
    rule: 'file-not-a-connector',
    severity: ofOtherTool ? 'warning' : 'notice',
    where: file,
    message: `Not linted: expected ${problem.expected}, seen ${problem.seen}.`,
    hint: problem.hint,
    at: { file, line: null },
  };
}

function otherTool(map: FileMap): { readonly seen: string; readonly hint: string } | null {
  const text = (key: string): string => {
    const value = map.entries.find(([name]) => name === key)?.[1];
    return value?.kind === 'text' ? value.text : '';
  };
  if (text('apiVersion').startsWith('kafka.strimzi.io/')) return strimzi(text('kind'));
  const keys = map.entries.map(([key]) => key);
  if (keys.includes('connector.class') || !keys.some((key) => key === 'clusters' || DEDICATED_FLOW.test(key))) {
    return null;
  }
  // A map named `clusters` is Kubernetes' or another tool's.
  if (text('clusters') === '' && !keys.some((key) => DEDICATED_FLOW.test(key))) return null;
  return {
    seen: "a config of MirrorMaker 2's dedicated mode (connect-mirror-maker.sh)",
    hint: 'Connect takes one file for each connector, with source.cluster.* and target.cluster.* instead of the names of clusters and a->b: the command generate writes them.',
  };
}

function strimzi(kind: string): { readonly seen: string; readonly hint: string } {
  if (kind === 'KafkaConnector') {
    return {
      seen: 'a KafkaConnector of Strimzi',
      hint: 'Give what is under spec.config as a flat map, with metadata.name as name, spec.class as connector.class and spec.tasksMax as tasks.max; only one of the operator and this action may write it.',
    };
  }
  if (/^KafkaMirrorMaker2?$/.test(kind)) {
    return {
      seen: `a ${kind} of Strimzi`,
      hint: 'Its operator makes the connectors itself: give one file for each of them, as GET /connectors/{name}/config of its worker prints it and with its name.',
    };
  }
  return {
    seen: 'another resource of Strimzi',
    hint: 'It is not a connector: narrow the glob to the connector files.',
  };
}

function looksLikeConnector(map: FileMap): boolean {
  if (map.entries.every(([key]) => WRAPPER_KEYS.has(key))) return true;
  return map.entries.some(([key, value]) => {
    if (CONNECTOR_KEY.test(key)) return true;
    const isWrapped = key === 'config' || key === 'connectorConfiguration';
    return isWrapped && value.kind === 'map' && value.entries.some(([inner]) => CONNECTOR_KEY.test(inner));
  });
}

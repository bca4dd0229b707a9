/** Connect's answers, field by field (org.apache.kafka.connect.runtime.rest.entities), into our types. */
import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import type { ConnectorStatus, TaskStatus } from '../../domain/connectors/connector-health.ts';
import type {
  ConfigProblem,
  ConnectorOffset,
  ConnectorSnapshot,
  InstalledPlugin,
  WorkerInfo,
} from '../../operations/connect-port.ts';

/** An answer that is JSON but not what the endpoint gives; the client says which endpoint. */
export class UnexpectedShape extends Error {}

type JsonMap = Readonly<Record<string, unknown>>;

/** `GET /`: {version, commit, kafka_cluster_id}. */
export function parseWorkerInfo(json: unknown): WorkerInfo {
  const map = asMap(json);
  const version = map['version'];
  if (typeof version !== 'string' || !('kafka_cluster_id' in map || 'commit' in map)) throw new UnexpectedShape();
  const clusterId = map['kafka_cluster_id'];
  return { version, kafkaClusterId: typeof clusterId === 'string' && clusterId !== '' ? clusterId : null };
}

/** `GET /connectors?expand=info&expand=status`: {name: {info: {config}, status}}. Traces are not redacted yet. */
export function parseConnectors(json: unknown): ReadonlyMap<string, ConnectorSnapshot> {
  const connectors = new Map<string, ConnectorSnapshot>();
  for (const [name, value] of Object.entries(asMap(json))) {
    const entry = asMap(value);
    const status = entry['status'] === undefined || entry['status'] === null ? null : parseStatus(entry['status']);
    connectors.set(name, { config: parseConfig(asMap(entry['info'])['config']), status });
  }
  return connectors;
}

/** `GET /connectors/{name}/config`: a flat map. Connect itself can hold null for a value; it means "not set". */
export function parseConfig(json: unknown): ConfigMap {
  const entries = Object.entries(asMap(json)).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, asText(value)]));
}

/** `GET /connectors/{name}/status`: {connector: {state, trace?}, tasks: [{id, state, trace?}]}. */
export function parseStatus(json: unknown): ConnectorStatus {
  const map = asMap(json);
  const connector = asMap(map['connector']);
  const tasks = map['tasks'];
  if (!Array.isArray(tasks)) throw new UnexpectedShape();
  return {
    state: asText(connector['state']),
    trace: traceOf(connector),
    tasks: tasks.map(parseTask).sort((a, b) => a.id - b.id),
  };
}

function parseTask(json: unknown): TaskStatus {
  const map = asMap(json);
  if (typeof map['id'] !== 'number') throw new UnexpectedShape();
  return { id: map['id'], state: asText(map['state']), trace: traceOf(map) };
}

function traceOf(map: JsonMap): string | null {
  return typeof map['trace'] === 'string' ? map['trace'] : null;
}

/** `GET /connectors/{name}/offsets`: {offsets: [{partition: {…}, offset: {…}}]}; an offset of null was reset. */
export function parseOffsets(json: unknown): readonly ConnectorOffset[] {
  const offsets = asMap(json)['offsets'];
  if (!Array.isArray(offsets)) throw new UnexpectedShape();
  return offsets.flatMap((entry) => {
    const { partition, offset } = asMap(entry);
    return offset === null ? [] : [{ partition: asMap(partition), offset: asMap(offset) }];
  });
}

/** `PUT /connector-plugins/{type}/config/validate`: {error_count, configs: [{value: {name, errors}}]}; keys repeat. */
export function parseValidation(json: unknown): readonly ConfigProblem[] {
  const map = asMap(json);
  const configs = map['configs'];
  if (!Array.isArray(configs) || typeof map['error_count'] !== 'number') throw new UnexpectedShape();
  const problems = new Map<string, ConfigProblem>();
  for (const config of configs) {
    const value = asMap(asMap(config)['value']);
    const errors = value['errors'];
    if (!Array.isArray(errors)) continue;
    const key = asText(value['name']);
    for (const message of errors) problems.set(`${key}\n${String(message)}`, { key, message: String(message) });
  }
  if (problems.size === 0 && map['error_count'] > 0) {
    return [{ key: null, message: `${map['error_count']} errors without a message` }];
  }
  return [...problems.values()];
}

/** `GET /connector-plugins?connectorsOnly=false`: [{class, type, version}]. */
export function parsePlugins(json: unknown): readonly InstalledPlugin[] {
  if (!Array.isArray(json)) throw new UnexpectedShape();
  return json.map(asMap).map((plugin) => ({ class: asText(plugin['class']), type: asText(plugin['type']) }));
}

/** Body of an error: {error_code, message}. null when it is something else. */
export function parseErrorMessage(text: string): string | null {
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null || !('message' in json)) return null;
  return typeof json.message === 'string' ? json.message : null;
}

/** undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asMap(json: unknown): JsonMap {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new UnexpectedShape();
  return json as JsonMap;
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new UnexpectedShape();
  return value;
}

import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../../../src/adapters/clock.ts';
import { ConnectClient } from '../../../src/adapters/connect/client.ts';
import { sha256 } from '../../../src/adapters/sha256.ts';
import type { ConnectorConfig } from '../../../src/domain/connectors/connector-config.ts';
import type { ConnectorWishes } from '../../../src/domain/connectors/connector-plan.ts';
import { type ApplyRequest, type ApplyResult, applyConnectors } from '../../../src/operations/apply.ts';
import { type ConnectorPlan, planConnectorChanges } from '../../../src/operations/plan-connectors.ts';
import type { Log } from '../../../src/operations/ports.ts';
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { readConnect } from '../../../src/testbed/connect-rest.ts';
import {
  type ConnectWorker,
  type ConnectWorkerOptions,
  startConnectWorker,
} from '../../../src/testbed/connect-worker.ts';
import { mm2Connectors } from '../../../src/testbed/mm2.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { DELIVER, RecordingProxy } from './recording-proxy.ts';

const NO_WISHES: ConnectorWishes = { state: null, remove: [] };
const APPLY_TIMEOUT_MS = 240_000;
/** Within the time that our client waits for the answer to a write. */
const SHOWN_TIMEOUT_MS = 90_000;

/** A worker of a test file's own, behind a proxy that records, with `plan` and `apply` as the command has them. */
export class OwnWorker {
  readonly name: string;
  readonly bed: BedAddresses;
  readonly worker: ConnectWorker;
  readonly proxy: RecordingProxy;
  readonly client: ConnectClient;
  lines: string[] = [];

  private constructor(name: string, bed: BedAddresses, worker: ConnectWorker, proxy: RecordingProxy) {
    this.name = name;
    this.bed = bed;
    this.worker = worker;
    this.proxy = proxy;
    const times = { transientWindowMs: 60_000, readTimeoutMs: 120_000 };
    this.client = new ConnectClient({ connect: connectInputs(proxy.url), clock: systemClock, times });
  }

  /** @param name of the group of workers, and the beginning of the names of its connectors */
  static async start(
    name: string,
    bed: BedAddresses,
    options: Omit<ConnectWorkerOptions, 'cluster' | 'groupId'> = {},
  ): Promise<OwnWorker> {
    const worker = await startConnectWorker({ cluster: bed.target, groupId: name, ...options });
    return new OwnWorker(name, bed, worker, await RecordingProxy.start(worker.url));
  }

  /** A heartbeat connector: it has one task as soon as it runs, and needs no topic and no group. */
  heartbeat(suffix: string, settings: Readonly<Record<string, string>> = {}): ConnectorConfig {
    const name = `${this.name}-${suffix}`;
    const all = mm2Connectors(this.bed, { name: this.name, sourceAlias: name, properties: { heartbeat: settings } });
    const config: Readonly<Record<string, string>> = { ...all[2], name };
    return { name, class: config['connector.class'] ?? '', config, file: `${suffix}.json`, lines: new Map() };
  }

  async plan(desired: readonly ConnectorConfig[], wishes = NO_WISHES): Promise<ConnectorPlan> {
    const bounds = { deadlineAt: Date.now() + APPLY_TIMEOUT_MS, signal: new AbortController().signal };
    return planConnectorChanges({ ...this.#common(desired), wishes, validate: 'all', bounds });
  }

  async apply(desired: readonly ConnectorConfig[], overrides: Partial<ApplyRequest> = {}): Promise<ApplyResult> {
    return applyConnectors({
      ...this.#common(desired),
      wishes: NO_WISHES,
      clock: systemClock,
      applyTimeoutMs: APPLY_TIMEOUT_MS,
      approvedPlan: null,
      restoreOnFailure: false,
      signal: new AbortController().signal,
      times: { looks: 2, intervalMs: 500 },
      ...overrides,
    });
  }

  #common(desired: readonly ConnectorConfig[]) {
    const add = (line: string) => void this.lines.push(line);
    const log: Log = { stage: add, info: add, warn: add, debug: add };
    return { connect: this.client, log, desired, expectedTargetClusterId: this.bed.target.clusterId, digest: sha256 };
  }

  /** As an operator would, past the proxy; the answer must be a good one. */
  rest(method: string, path: string, body?: unknown): Promise<unknown> {
    return readConnect(this.worker.url, path, { method, body });
  }

  stored(suffix: string): Promise<unknown> {
    return this.rest('GET', `/connectors/${this.name}-${suffix}/config`);
  }

  /** Writes a config by hand; returns when the worker shows it. */
  async put({ name, config }: ConnectorConfig): Promise<void> {
    await this.rest('PUT', `/connectors/${name}/config`, config);
    await this.untilStored(name, config);
  }

  /** Connect answers a write a moment before it shows what was written. */
  untilStored(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    const look = async () => {
      const stored = await this.rest('GET', `/connectors/${name}/config`);
      return isDeepStrictEqual(stored, config) ? { done: undefined } : { seen: 'another config' };
    };
    return waitFor(`${name} to be stored`, look, { timeoutMs: SHOWN_TIMEOUT_MS });
  }

  untilGone(suffix: string): Promise<void> {
    const name = `${this.name}-${suffix}`;
    const look = async () => ((await this.names()).includes(name) ? { seen: 'still there' } : { done: undefined });
    return waitFor(`${name} to be gone`, look, { timeoutMs: SHOWN_TIMEOUT_MS });
  }

  untilState(suffix: string, state: string): Promise<void> {
    const path = `/connectors/${this.name}-${suffix}/status`;
    const look = async () => {
      const { connector } = (await this.rest('GET', path)) as { connector: { state: string } };
      return connector.state === state ? { done: undefined } : { seen: connector.state };
    };
    return waitFor(`${this.name}-${suffix} to be ${state}`, look, { timeoutMs: SHOWN_TIMEOUT_MS });
  }

  async names(): Promise<readonly string[]> {
    return ((await this.rest('GET', '/connectors')) as string[]).sort();
  }

  forget(): void {
    this.lines = [];
    this.proxy.afterAnswer = DELIVER;
    this.proxy.clear();
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.proxy.stop();
    await this.worker.stop();
  }
}

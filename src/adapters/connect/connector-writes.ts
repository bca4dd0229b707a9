/**
 * The calls that change a worker. A lost answer (time-out, closed connection, 500 "Request timed out") leaves open
 * whether the write happened: what is there now is read before anything is sent again.
 */
import { type ConfigMap, sameConfig } from '../../domain/connectors/connector-config.ts';
import type { ConnectorStatus } from '../../domain/connectors/connector-health.ts';
import { askedState, type ConnectorState } from '../../domain/connectors/connector-state.ts';
import type { CallBounds, CreateOutcome, PutOutcome } from '../../operations/connect-port.ts';
import type { Clock } from '../../operations/ports.ts';
import type { AnswerReader } from './answer.ts';
import { type Call, type Calls, type ClientTimes, connectorPath } from './calls.ts';
import { ConnectError } from './connect-error.ts';
import type { HttpAnswer } from './http.ts';
import type { RetriedCall } from './retry.ts';

export interface ConnectorReads {
  connectorConfig(name: string, bounds: CallBounds): Promise<ConfigMap | null>;
  connectorStatus(name: string, bounds: CallBounds): Promise<ConnectorStatus | null>;
}

export interface ConnectorWritesParts {
  readonly calls: Calls;
  readonly answers: AnswerReader;
  readonly reads: ConnectorReads;
  readonly clock: Clock;
  readonly times: ClientTimes;
}

const MAX_ATTEMPTS = 3;
/** Looks at what is there after a write whose answer was lost, before it is sent again. */
const LOOKS_AFTER_LOST_ANSWER = 3;
const STATE_PATHS = { running: 'resume', paused: 'pause', stopped: 'stop' } as const;

export class ConnectorWrites {
  readonly #parts: ConnectorWritesParts;

  constructor(parts: ConnectorWritesParts) {
    this.#parts = parts;
  }

  put(name: string, config: ConfigMap, bounds: CallBounds): Promise<PutOutcome> {
    const call: Call = { method: 'PUT', path: `${connectorPath(name)}/config`, body: config };
    const send = async (): Promise<PutOutcome> => {
      const answer = await this.#send('PUT config', call, bounds);
      return answer.status === 201 ? 'created' : 'updated';
    };
    return this.#unlessDone(send, () => this.#isStored(name, config, bounds), 'found-stored', bounds);
  }

  /** 409 has two meanings, and the worker's words for them differ by version: reading the config tells them apart. */
  create(name: string, config: ConfigMap, state: ConnectorState, bounds: CallBounds): Promise<CreateOutcome> {
    const { answers, reads } = this.#parts;
    const body = { name, config, initial_state: state.toUpperCase() };
    const judge: RetriedCall['judge'] = async (answer) => {
      const exists = answer.status === 409 && (await reads.connectorConfig(name, bounds)) !== null;
      return exists ? { kind: 'final' } : answers.judge(answer);
    };
    const send = async (): Promise<CreateOutcome> => {
      const answer = await this.#parts.calls.write({ method: 'POST', path: '/connectors', body }, bounds, judge);
      if (answer.status !== 409) {
        answers.expectSuccess('POST connector', answer);
        return 'created';
      }
      if (await this.#isStored(name, config, bounds)) return 'found-stored';
      throw existsAlready(name);
    };
    return this.#unlessDone(send, () => this.#isStored(name, config, bounds), 'found-stored', bounds);
  }

  setState(name: string, state: ConnectorState, bounds: CallBounds): Promise<void> {
    const path = `${connectorPath(name)}/${STATE_PATHS[state]}`;
    const send = async () => void (await this.#send(`PUT ${STATE_PATHS[state]}`, { method: 'PUT', path }, bounds));
    const isDone = async () => {
      const status = await this.#parts.reads.connectorStatus(name, bounds);
      return status !== null && askedState(status.state) === state;
    };
    return this.#unlessDone(send, isDone, undefined, bounds);
  }

  delete(name: string, bounds: CallBounds): Promise<void> {
    const { answers, reads } = this.#parts;
    const send = async () => {
      const answer = await this.#parts.calls.write({ method: 'DELETE', path: connectorPath(name) }, bounds);
      if (!answers.saysNotFound(answer)) answers.expectSuccess('DELETE connector', answer);
    };
    const isDone = async () => (await reads.connectorConfig(name, bounds)) === null;
    return this.#unlessDone(send, isDone, undefined, bounds);
  }

  async #send(what: string, call: Call, bounds: CallBounds): Promise<HttpAnswer> {
    const answer = await this.#parts.calls.write(call, bounds);
    this.#parts.answers.expectSuccess(what, answer);
    return answer;
  }

  async #isStored(name: string, config: ConfigMap, bounds: CallBounds): Promise<boolean> {
    const stored = await this.#parts.reads.connectorConfig(name, bounds);
    return stored !== null && sameConfig(stored, config);
  }

  async #unlessDone<T>(
    send: () => Promise<T>,
    isDone: () => Promise<boolean>,
    found: T,
    bounds: CallBounds,
  ): Promise<T> {
    const { clock, times } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send();
      } catch (error) {
        if (!isOutcomeUnknown(error)) throw error;
        for (let look = 1; look <= LOOKS_AFTER_LOST_ANSWER; look += 1) {
          if (await isDone()) return found;
          await clock.sleep(times.firstBackoffMs * 4, bounds.signal);
        }
        if (attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof ConnectError && error.retriable && error.maybeSent;
}

function existsAlready(name: string): ConnectError {
  return new ConnectError(
    'CONNECT_CONFLICT',
    `Connector ${name} was not there when the plan was made, and is now, with another config.`,
    { hint: 'Find the other writer (a second workflow, an operator), then plan again.', status: 409 },
  );
}

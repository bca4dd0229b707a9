/** What tests do to connectors besides deploying them. Each returns when the worker shows that it has happened. */
import { callConnect } from '../../src/testbed/connect-rest.ts';
import { waitFor } from '../../src/testbed/wait.ts';

const TIMEOUT_MS = 180_000;

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string }[];
}

/** Returns once the connector and all its tasks are down; its config and offsets stay. */
export async function stopConnector(connectUrl: string, name: string): Promise<void> {
  await request(connectUrl, 'PUT', `${name}/stop`);
  await untilStatus(connectUrl, name, ({ connector, tasks }) => connector.state === 'STOPPED' && tasks.length === 0);
}

/** The tasks stay, and do nothing. */
export async function pauseConnector(connectUrl: string, name: string): Promise<void> {
  await request(connectUrl, 'PUT', `${name}/pause`);
  await untilStatus(connectUrl, name, allIn('PAUSED'));
}

/** After a stop or a pause. */
export async function resumeConnector(connectUrl: string, name: string): Promise<void> {
  await request(connectUrl, 'PUT', `${name}/resume`);
  await untilStatus(connectUrl, name, allIn('RUNNING'));
}

/** Forgets how far a stopped connector has read: it starts again at the start of its source. */
export function deleteConnectorOffsets(connectUrl: string, name: string): Promise<void> {
  return request(connectUrl, 'DELETE', `${name}/offsets`);
}

/** Makes room on a shared worker. One that is gone already, maybe by a call whose answer was lost, is no problem. */
export async function deleteConnectors(connectUrl: string | null, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { status, text } = await callConnect(connectUrl, `/connectors/${name}`, { method: 'DELETE' });
    if (status >= 300 && status !== 404) throw new Error(`DELETE ${name}: HTTP ${status} ${text}`);
  }
}

function allIn(state: string): (status: Status) => boolean {
  return ({ connector, tasks }) =>
    connector.state === state && tasks.length > 0 && tasks.every((task) => task.state === state);
}

function untilStatus(connectUrl: string, name: string, reached: (status: Status) => boolean): Promise<void> {
  const look = async () => {
    const response = await fetch(`${connectUrl}/connectors/${name}/status`);
    const status = (await response.json()) as Status;
    return reached(status) ? { done: undefined } : { seen: JSON.stringify(status) };
  };
  return waitFor(`${name} to change its state`, look, { timeoutMs: TIMEOUT_MS });
}

// A worker that rebalances answers 409 for a while.
function request(connectUrl: string, method: string, path: string): Promise<void> {
  const send = async () => {
    const response = await fetch(`${connectUrl}/connectors/${path}`, { method });
    return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${await response.text()}` };
  };
  return waitFor(`${method} ${path}`, send, { timeoutMs: TIMEOUT_MS, intervalMs: 500 });
}

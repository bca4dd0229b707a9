/** What tests do to connectors besides deploying them. */
import { waitFor } from '../../src/testbed/wait.ts';

const TIMEOUT_MS = 60_000;

/** Returns once the connector and all its tasks are down; its config and offsets stay. */
export async function stopConnector(connectUrl: string, name: string): Promise<void> {
  await request(connectUrl, 'PUT', `${name}/stop`);
  const look = async () => {
    const response = await fetch(`${connectUrl}/connectors/${name}/status`);
    const status = (await response.json()) as { connector: { state: string }; tasks: readonly unknown[] };
    const isStopped = status.connector.state === 'STOPPED' && status.tasks.length === 0;
    return isStopped ? { done: undefined } : { seen: `${status.connector.state}, ${status.tasks.length} tasks` };
  };
  await waitFor(`${name} to stop`, look, { timeoutMs: TIMEOUT_MS });
}

/** Makes room on a shared worker. */
export async function deleteConnectors(connectUrl: string, names: readonly string[]): Promise<void> {
  for (const name of names) await request(connectUrl, 'DELETE', name);
}

// A worker that rebalances answers 409 for a while.
function request(connectUrl: string, method: string, path: string): Promise<void> {
  const send = async () => {
    const response = await fetch(`${connectUrl}/connectors/${path}`, { method });
    return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${await response.text()}` };
  };
  return waitFor(`${method} ${path}`, send, { timeoutMs: TIMEOUT_MS, intervalMs: 500 });
}

/** Stands before a real worker and answers for it as another version would. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** By the end of a path: the body to give instead; null for the 404 of a worker that has no such path. */
export type Rewrites = Readonly<Record<string, (body: string) => string | null>>;

export async function startRewritingProxy(
  upstream: string,
  rewrites: Rewrites,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const path = incoming.url ?? '';
    const answer = await fetch(`${upstream}${path}`).catch(() => null);
    // As a worker that is gone.
    if (answer === null) {
      outgoing.destroy();
      return;
    }
    const body = await answer.text();
    const rewrite = Object.entries(rewrites).find(([end]) => (end === '/' ? path === '/' : path.endsWith(end)))?.[1];
    const given = rewrite === undefined ? body : rewrite(body);
    outgoing.writeHead(given === null ? 404 : answer.status, { 'content-type': 'application/json' });
    outgoing.end(given ?? JSON.stringify({ error_code: 404, message: 'HTTP 404 Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

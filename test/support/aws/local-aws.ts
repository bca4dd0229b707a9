/** An AWS of its own on loopback: moto's server, called through boto3. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { awsTools } from './aws-tools.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of some thirty operations, whose shapes the assertions tell
export type Answer = any;

export interface LocalAws {
  /** @param service as boto3 names clients; `local`: what local_aws.py does itself. @throws Error with AWS's words. */
  call(service: string, operation: string, parameters?: Readonly<Record<string, unknown>>): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startLocalAws(): Promise<LocalAws> {
  const script = fileURLToPath(new URL('local_aws.py', import.meta.url));
  const environment = { PATH: process.env['PATH'], PYTHONPATH: await awsTools(), PYTHONWARNINGS: 'ignore' };
  const child = spawn('python3', [script], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = `${errors}${chunk.toString()}`.slice(-4_000);
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    call: async (service, operation, parameters = {}) => {
      child.stdin.write(`${JSON.stringify({ service, operation, parameters })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`The local AWS ended: ${errors}`);
      const { answer, error } = JSON.parse(value) as { answer?: Answer; error?: string };
      if (error !== undefined) throw new Error(error);
      return answer;
    },
    stop: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : null;
      child.stdin.end();
      await ended;
    },
  };
}

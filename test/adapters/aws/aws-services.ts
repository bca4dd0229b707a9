/** Amazon's services for credentials as loopback servers, and an environment in which nothing else is found. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

export const SECRET = 'wJalrXUtnFEMI-the-secret';
export const SESSION = 'FwoGZXIvYXdzE-the-session';
export const ACCESS_KEY = 'ASIAEXAMPLE123456789';

export interface AwsHome {
  /** Writes a file and returns its path. */
  file(name: string, text: string): string;
}

/** Takes every AWS variable away, gives these, and hides the files of the real home. */
export function emptyEnvironment(variables: Readonly<Record<string, string>> = {}): AwsHome {
  const folder = mkdtempSync(join(tmpdir(), 'aws-home-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  const hidden = {
    HOME: folder,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries({ ...hidden, ...variables })) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return {
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** `http://127.0.0.1:<port>`, closed at the end of the test. */
export async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Accepts connections and never answers, as the metadata address does where there is no instance. */
export function silentService(): Promise<string> {
  return serve(() => {});
}

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

function credentialsJson(): string {
  return JSON.stringify({
    Code: 'Success',
    AccessKeyId: ACCESS_KEY,
    SecretAccessKey: SECRET,
    Token: SESSION,
    Expiration: inAnHour(),
  });
}

/** An instance's metadata (IMDSv2) or a container's credentials. */
export function metadataService(): Promise<string> {
  return serve(({ method, url = '' }, response) => {
    if (method === 'PUT') response.end('metadata-token');
    else if (url.endsWith('/security-credentials/')) response.end('migrator');
    else response.setHeader('content-type', 'application/json').end(credentialsJson());
  });
}

/** STS, for web identities: hands out a session, or refuses with this error. */
export function tokenService(refusal?: { readonly code: string; readonly message: string }): Promise<string> {
  return serve((_request, response) => {
    response.setHeader('content-type', 'text/xml');
    if (refusal === undefined) response.end(sessionXml());
    else response.writeHead(403).end(refusalXml(refusal));
  });
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

function sessionXml(): string {
  return `<AssumeRoleWithWebIdentityResponse xmlns="${NAMESPACE}"><AssumeRoleWithWebIdentityResult>
<Credentials><AccessKeyId>${ACCESS_KEY}</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey>
<SessionToken>${SESSION}</SessionToken><Expiration>${inAnHour()}</Expiration></Credentials>
<AssumedRoleUser><AssumedRoleId>AROA:session</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/migrator/session</Arn>
</AssumedRoleUser></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
}

function refusalXml({ code, message }: { readonly code: string; readonly message: string }): string {
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

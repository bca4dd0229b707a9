/** What an HTTP answer means: Connect's own errors, and the answers of things that are not Connect. */
import { ConnectError, type Endpoint } from './connect-error.ts';
import type { HttpAnswer } from './http.ts';
import type { AnswerVerdict } from './retry.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import { parseErrorMessage, parseJson, UnexpectedShape } from './wire.ts';

const MAX_MESSAGE_CHARS = 4_000;
/** 500s that pass: the herder's 90 s time-out (the write may have happened), forwarding to a leader that is changing. */
const PASSING_500 = /timed out|rebalanc|forward.*leader|leader.*(?:unknown|not|changed)|IO Error/i;

/**
 * DistributedHerder's refusal before it reads or writes anything. Most calls answer it with 409; those that are never
 * forwarded to the leader, such as GET /connectors/{name}/config, with 500.
 */
const REBALANCE_NEEDED = /\ba rebalance is expected\b/;

/** AbstractHerder's sentences, the same in all versions. */
const CONNECTOR_NOT_FOUND = /^(?:Connector [\s\S]* not found|No status found for connector [\s\S]*)$/;

export class AnswerReader {
  readonly #endpoint: Endpoint;
  readonly #secrets: SecretKeeper;
  /** For messages: `the user deployer`, `the given token`; null without credentials. */
  readonly #signedInAs: string | null;

  constructor(endpoint: Endpoint, secrets: SecretKeeper, signedInAs: string | null) {
    this.#endpoint = endpoint;
    this.#secrets = secrets;
    this.#signedInAs = signedInAs;
  }

  judge(answer: HttpAnswer): AnswerVerdict {
    const { status, text } = answer;
    const message = parseErrorMessage(text);
    // Connect's 409 is a rebalance for every call but POST /connectors, where it may mean "already exists" as well.
    const isRebalance = status === 409 || (status === 500 && REBALANCE_NEEDED.test(message ?? ''));
    if (isRebalance) return { kind: 'rebalance', error: this.#conflict(answer) };
    // A worker whose REST server is up before its resources answers 404 to everything.
    const isStarting = status === 404 && message !== null && !this.saysNotFound(answer);
    const passing =
      isStarting || [429, 502, 503, 504].includes(status) || (status === 500 && PASSING_500.test(message ?? ''));
    return passing ? { kind: 'passing', error: this.#failure('Connect', answer, true) } : { kind: 'final' };
  }

  /** Parses a 2xx answer. Throws CONNECT_AUTHENTICATION, CONNECT_INVALID_CONFIG or CONNECT_REQUEST. */
  read<T>(call: string, answer: HttpAnswer, parse: (json: unknown) => T): T {
    this.expectSuccess(call, answer);
    const json = parseJson(answer.text);
    if (json === undefined) throw this.#notConnect(call, answer);
    try {
      return parse(json);
    } catch (error) {
      if (error instanceof UnexpectedShape) throw this.#notConnect(call, answer);
      throw error;
    }
  }

  expectSuccess(call: string, answer: HttpAnswer): void {
    if (answer.status >= 200 && answer.status < 300) return;
    throw this.#failure(call, answer, false);
  }

  /** Connect's word about that connector; not the 404 of a gateway, nor that of a worker that is starting. */
  saysNotFound({ status, text }: HttpAnswer): boolean {
    return status === 404 && CONNECTOR_NOT_FOUND.test(parseErrorMessage(text) ?? '');
  }

  /** The worker's words when it refuses a config as a whole: 400, or the 500 that an unknown class gives. */
  refusalOf({ status, text }: HttpAnswer): string | null {
    if (status !== 400 && status !== 422 && status !== 500) return null;
    const message = parseErrorMessage(text);
    return message === null ? null : this.#quote(message);
  }

  #failure(call: string, answer: HttpAnswer, retriable: boolean): ConnectError {
    const { status, location } = answer;
    const at = `connect-url ${this.#endpoint.origin}`;
    const message = parseErrorMessage(answer.text);
    const said = message === null ? '' : `: ${this.#quote(message)}`;
    if (status === 401 || status === 403) return this.#authentication(call, status);
    if (status === 407) {
      return new ConnectError('CONNECT_AUTHENTICATION', `${at}: the proxy asks for credentials (407).`, {
        hint: 'Put Connect into NO_PROXY, or credentials into the proxy variable.',
        status,
      });
    }
    if (status >= 300 && status < 400) {
      const to = location === null ? 'another page' : redirectTarget(location, this.#endpoint.origin);
      return new ConnectError('CONNECT_REQUEST', `${at}: ${call} was redirected to ${to} (${status}).`, {
        hint: 'Redirects are not followed with credentials. Give the final REST address; a login page needs connect-token.',
        status,
      });
    }
    if (status === 400 && message !== null) {
      return new ConnectError('CONNECT_INVALID_CONFIG', `Connect refused the config${said}`, {
        hint: 'Correct the connector file.',
        status,
      });
    }
    if (message === null && !retriable) return this.#notConnect(call, answer);
    return new ConnectError('CONNECT_REQUEST', `${at}: ${call} answered ${status}${said}`, {
      hint:
        status === 404
          ? 'The worker is still starting, or this path is not its own.'
          : 'See the log of the Connect worker.',
      status,
      retriable,
    });
  }

  #authentication(call: string, status: number): ConnectError {
    const at = `connect-url ${this.#endpoint.origin}`;
    if (status === 403 && this.#signedInAs !== null) {
      return new ConnectError('CONNECT_AUTHENTICATION', `${at}: ${this.#signedInAs} may not ${call} (403).`, {
        hint: 'Allow it in the proxy or REST extension that guards Connect; docs/permissions.md lists the calls of each command.',
        status,
      });
    }
    const refused = status === 403 ? 'may not do this (403).' : 'was refused (401).';
    const who = this.#signedInAs === null ? `credentials are needed (${status}).` : `${this.#signedInAs} ${refused}`;
    return new ConnectError('CONNECT_AUTHENTICATION', `${at}: ${who}`, {
      hint: `${this.#signedInAs === null ? 'Give' : 'Check'} connect-username and connect-password, or connect-token.`,
      status,
    });
  }

  #conflict({ status, text }: HttpAnswer): ConnectError {
    const message = parseErrorMessage(text);
    const said = message === null ? '' : `: ${this.#quote(message)}`;
    return new ConnectError('CONNECT_CONFLICT', `Connect was still rebalancing when the time ran out${said}`, {
      hint: 'Look for a worker that keeps joining and leaving its group; raise apply-timeout.',
      status,
      retriable: true,
      // Refused before anything was written, so it may always be sent again.
      maybeSent: false,
    });
  }

  #notConnect(call: string, { status, contentType, text }: HttpAnswer): ConnectError {
    const title = /<title[^>]*>([^<]{1,80})/i.exec(text)?.[1]?.trim();
    const kind = contentType.split(';')[0]?.trim() || 'no content type';
    const what = `${kind}${title === undefined ? '' : `, page "${this.#secrets.redact(title)}"`}`;
    return new ConnectError(
      'CONNECT_REQUEST',
      `connect-url ${this.#endpoint.origin}: ${call} answered ${status} with ${what}, not as Connect does.`,
      { hint: 'Give the REST address of a Connect worker, with the path if a gateway adds one.', status },
    );
  }

  #quote(message: string): string {
    const redacted = this.#secrets.redact(tidy(message));
    return redacted.length > MAX_MESSAGE_CHARS ? `${redacted.slice(0, MAX_MESSAGE_CHARS)}…` : redacted;
  }
}

/** Takes the Java out of the sentences that people read most: exception class names and lists of PluginDesc{…}. */
function tidy(message: string): string {
  return message
    .replace(/^(?:[a-z]\w*\.)+[A-Z]\w*Exception: /, '')
    .replace(/PluginDesc\{klass=\w+ ([\w.$]+)[^}]*\}/g, '$1')
    .replace(/\nYou can also find the above list of errors at the endpoint .*$/, '');
}

/** Host only: a login redirect carries state and tokens in its query. */
function redirectTarget(location: string, base: string): string {
  try {
    return new URL(location, base).origin;
  } catch {
    return 'another page';
  }
}

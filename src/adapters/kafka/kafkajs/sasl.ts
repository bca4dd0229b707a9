/** How kafkajs signs in, where its own way does not serve. */
import type { KafkaJsAuthenticationProvider, KafkaJsSasl } from 'kafkajs/src/network/connection.js';
import type { SaslConfig } from '../connection-config.ts';

const SIZE_BYTES = 4;
const SEPARATOR = '\u0001';

/** `abandon` must end the connection: without a token the sign-in stays half done, and the broker takes nothing else. */
export function kafkaJsSasl(sasl: SaslConfig | null, abandon: () => void): KafkaJsSasl | null {
  if (sasl?.mechanism !== 'oauthbearer') return sasl === null ? null : { ...sasl };
  const token = (): Promise<string> =>
    sasl.token().catch((error: unknown) => {
      abandon();
      throw error;
    });
  return { mechanism: sasl.mechanism, authenticationProvider: bearerToken(token) };
}

/**
 * SASL/OAUTHBEARER (RFC 7628). kafkajs's own takes a refusal for a success: the server's first answer then holds a JSON
 * text, and only after one more message (a single 0x01) does the server end the exchange with an error.
 */
function bearerToken(token: () => Promise<string>): KafkaJsAuthenticationProvider {
  return ({ saslAuthenticate }) => ({
    async authenticate() {
      const first = `n,,${SEPARATOR}auth=Bearer ${await token()}${SEPARATOR}${SEPARATOR}`;
      const refusal = await saslAuthenticate({ request: message(first), response: answer });
      if (refusal === '') return;
      await saslAuthenticate({ request: message(SEPARATOR), response: answer });
      throw new Error(refusal);
    },
  });
}

function message(text: string) {
  const bytes = Buffer.alloc(SIZE_BYTES + Buffer.byteLength(text));
  bytes.writeInt32BE(bytes.length - SIZE_BYTES);
  bytes.write(text, SIZE_BYTES);
  return { encode: async () => bytes };
}

const answer = {
  decode: async (bytes: Buffer) => bytes.subarray(SIZE_BYTES).toString('utf8'),
  parse: async (text: string) => text,
};

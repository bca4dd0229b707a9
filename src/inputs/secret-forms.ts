/** Registers a secret together with the forms in which it travels, since a mask hides only what it spells out. */
import type { InputReader } from './input-reader.ts';

/** Lines shorter than this are padding; masking them would hide parts of ordinary words. */
const MIN_LINE_CHARS = 4;

export function registerPassword(reader: InputReader, secret: string): void {
  reader.secret(secret);
  const lines = secret.split(/\r?\n/);
  if (lines.length > 1) registerLines(reader, secret);
  reader.secret(encodeUrl(secret));
  // As it stands inside JSON, and inside the quotes of a JAAS entry.
  reader.secret(JSON.stringify(secret).slice(1, -1));
  reader.secret(base64(secret));
}

/** HTTP basic authentication. */
export function registerBasicAuth(reader: InputReader, username: string, password: string): void {
  registerPassword(reader, password);
  reader.secret(base64(`${username}:${password}`));
}

/** SASL PLAIN's first message, and the JAAS entry that says the same. */
export function registerSasl(reader: InputReader, username: string, password: string): void {
  registerPassword(reader, password);
  reader.secret(base64(`\u0000${username}\u0000${password}`));
}

export function registerLines(reader: InputReader, text: string): void {
  for (const line of text.split(/\r?\n/).map((part) => part.trim())) {
    if (line.length >= MIN_LINE_CHARS && !line.startsWith('-----')) reader.secret(line);
  }
}

/** UTF-8, then base64. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function encodeUrl(text: string): string {
  // A lone surrogate has no UTF-8 form.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

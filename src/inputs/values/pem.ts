/** PEM text (RFC 7468) checked by shape: a mix-up is said here, and not by a TLS library half a minute later. */
import type { Fault } from './fault.ts';

export type CheckedPem = { readonly pem: string; readonly encrypted: boolean } | { readonly fault: Fault };

interface Block {
  readonly label: string;
  readonly pem: string;
  readonly encrypted: boolean;
}

const CERTIFICATES = 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path';
const PRIVATE_KEY = 'a private key in PEM (-----BEGIN PRIVATE KEY-----), as text or a path';
const CERTIFICATE_LABEL = /^(?:X509 |TRUSTED )?CERTIFICATE$/;
const KEY_LABEL = /^(?:RSA |EC |ENCRYPTED )?PRIVATE KEY$/;
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END ([A-Z0-9 ]+)-----/g;
const HEADERS = /^\s*(?:[A-Za-z0-9-]+: ?[^\r\n]*\r?\n)+\r?\n/;

export function looksLikePem(text: string): boolean {
  return text.includes('-----BEGIN');
}

/** One or more certificates and nothing else. */
export function checkCertificates(text: string): CheckedPem {
  const blocks = readBlocks(text, CERTIFICATES);
  if ('fault' in blocks) return blocks;
  const other = blocks.find(({ label }) => !CERTIFICATE_LABEL.test(label));
  if (other === undefined) return { pem: joinBlocks(blocks), encrypted: false };
  if (KEY_LABEL.test(other.label)) {
    return fault(CERTIFICATES, 'a private key (hidden)', 'Give certificates only here; the key has its own input.');
  }
  const hint =
    other.label === 'CERTIFICATE REQUEST'
      ? 'That is a signing request: give the certificate that the authority made from it.'
      : 'Convert it to an X.509 certificate in PEM.';
  return fault(CERTIFICATES, `a block of type ${other.label}`, hint);
}

/** Exactly one private key; EC parameters may stand before it. */
export function checkPrivateKey(text: string): CheckedPem {
  const blocks = readBlocks(text, PRIVATE_KEY);
  if ('fault' in blocks) return blocks;
  const relevant = blocks.filter(({ label }) => label !== 'EC PARAMETERS');
  const keys = relevant.filter(({ label }) => KEY_LABEL.test(label));
  const other = relevant.find(({ label }) => !KEY_LABEL.test(label));
  if (other !== undefined) return fault(PRIVATE_KEY, describeOther(other.label), hintForOther(other.label));
  const key = keys[0];
  if (key === undefined || keys.length > 1) {
    return fault(PRIVATE_KEY, `${keys.length} private keys`, 'Give the one key that belongs to the certificate.');
  }
  return { pem: joinBlocks([key]), encrypted: key.encrypted };
}

/** A PEM store as Java has it, the certificates and the key in one text; null for what is not in it. */
export function splitPemStore(text: string): { readonly certificates: string | null; readonly key: string | null } {
  const blocks = [...text.matchAll(BLOCK)];
  const pick = (wanted: RegExp): string | null => {
    const picked = blocks.filter((match) => wanted.test(match[1] ?? '')).map((match) => match[0]);
    return picked.length === 0 ? null : picked.join('\n');
  };
  return { certificates: pick(CERTIFICATE_LABEL), key: pick(KEY_LABEL) };
}

function readBlocks(text: string, expected: string): readonly Block[] | { readonly fault: Fault } {
  if (!looksLikePem(text)) return fault(expected, ...withoutBegin(text));
  // One-line forms: a secret pasted from JSON holds \n as two characters.
  const matches = [...text.replace(/\\r?\\?n|\\n/g, '\n').matchAll(BLOCK)];
  const begins = text.match(/-----BEGIN/g)?.length ?? 0;
  if (matches.length < begins) {
    return fault(expected, 'a block without its END line', 'The text was cut off: copy the whole file.');
  }
  const blocks: Block[] = [];
  for (const [, label = '', content = '', endLabel] of matches) {
    if (label !== endLabel) {
      return fault(expected, `BEGIN ${label} closed by END ${endLabel}`, 'Two files got mixed up: copy them again.');
    }
    const block = readBlock(label, content);
    if (block === null) {
      return fault(
        expected,
        `a ${label} block that is not base64 of DER`,
        'The text was changed on its way: copy the file again, line breaks included.',
      );
    }
    blocks.push(block);
  }
  return blocks;
}

function readBlock(label: string, content: string): Block | null {
  const headers = HEADERS.exec(content)?.[0].trim() ?? '';
  const body = content.slice(HEADERS.exec(content)?.[0].length ?? 0).replace(/\s+/g, '');
  const encrypted = label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:.*ENCRYPTED/.test(headers);
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(body) && body.length % 4 === 0;
  // DER opens with a SEQUENCE (0x30), which is M in base64; a body encrypted the old way can open with anything.
  if (!isBase64 || (headers === '' && label !== 'EC PARAMETERS' && !body.startsWith('M'))) return null;
  const lines = body.match(/.{1,64}/g) ?? [];
  const head = headers === '' ? [] : [headers, ''];
  return {
    label,
    pem: [`-----BEGIN ${label}-----`, ...head, ...lines, `-----END ${label}-----`].join('\n'),
    encrypted,
  };
}

function withoutBegin(text: string): [seen: string, hint: string] {
  if (/^LS0tLS1CRUdJTi/.test(text)) return ['base64 of a PEM text', 'Decode it first: base64 -d.'];
  if (text.includes('\u0000') || text.startsWith('\ufffd') || text.startsWith('0\ufffd')) {
    return ['a binary file', 'Convert it to PEM, e.g. openssl x509 -inform der, or openssl pkcs12 -nodes for a store.'];
  }
  if (/^[A-Za-z0-9+/=\s]{200,}$/.test(text)) {
    return ['base64 without BEGIN and END lines', 'Put the -----BEGIN …----- and -----END …----- lines around it.'];
  }
  return ['text without a BEGIN line', 'Give the whole PEM text, from -----BEGIN to the END line.'];
}

function describeOther(label: string): string {
  return CERTIFICATE_LABEL.test(label) ? 'a certificate' : `a block of type ${label}`;
}

function hintForOther(label: string): string {
  if (CERTIFICATE_LABEL.test(label)) return 'Give the key only; certificates have their own input.';
  if (label === 'OPENSSH PRIVATE KEY') return 'Convert it: ssh-keygen -p -m PKCS8 -f FILE.';
  if (label.endsWith('PUBLIC KEY')) return 'That is the public half: give the private key of the same pair.';
  return 'Convert it to PKCS#8: openssl pkcs8 -topk8.';
}

function joinBlocks(blocks: readonly Block[]): string {
  return `${blocks.map(({ pem }) => pem).join('\n')}\n`;
}

function fault(expected: string, seen: string, hint: string): { readonly fault: Fault } {
  return { fault: { expected, seen, hint } };
}

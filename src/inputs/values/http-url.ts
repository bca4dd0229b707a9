import type { Fault } from './fault.ts';
import { show } from './show.ts';

export type HttpUrl = { readonly url: string } | { readonly fault: Fault };

const EXPECTED = 'one base URL with http:// or https://';

/** → without a trailing slash. Credentials are refused, and never part of the fault. */
export function parseHttpUrl(text: string): HttpUrl {
  if (/^[^?#]*@/.test(text)) {
    const hint = 'Give them as connect-username and connect-password; a URL ends up in logs.';
    return fault('a URL with credentials (hidden)', hint);
  }
  if (text.includes(',')) return fault(show(text), 'Give one worker, or a load balancer before all of them.');
  if (/\$\{|\{[A-Z _]+\}/.test(text)) return fault(show(text), 'The placeholder was not replaced.');
  if (!/^https?:\/\//i.test(text)) {
    const hint = /^[a-z+.-]+:\/\//i.test(text)
      ? 'Kafka Connect speaks HTTP.'
      : 'Put the scheme before it: http://connect.internal:8083.';
    return fault(show(text), hint);
  }
  return parseParts(text);
}

function parseParts(text: string): HttpUrl {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return fault(show(text), 'Check host and port: http://connect.internal:8083.');
  }
  if (url.search !== '' || url.hash !== '') {
    return fault('a URL with a query or a fragment (hidden)', 'Leave out what follows the ? or #.');
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/connectors(\/|$)/.test(path)) return fault(show(text), 'Leave out /connectors: the base URL is wanted.');
  return { url: `${url.origin}${path}` };
}

function fault(seen: string, hint: string): { readonly fault: Fault } {
  return { fault: { expected: EXPECTED, seen, hint } };
}

/** Which hosts NO_PROXY leaves out, as undici's EnvHttpProxyAgent reads it: a message must not blame an unused proxy. */

/** @param noProxy hosts, `.domain` or `*.domain`, each with an optional port, divided by commas or spaces; `*` for all. */
export function isLeftOut({ host, port }: { readonly host: string; readonly port: number }, noProxy: string): boolean {
  if (noProxy.trim() === '*') return true;
  return noProxy.split(/[,\s]/).some((entry) => {
    const [, name = '', entryPort] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
    const domain = name.replace(/^\*?\./, '').toLowerCase();
    if (domain === '' || (entryPort !== undefined && Number(entryPort) !== port)) return false;
    return host.toLowerCase() === domain || host.toLowerCase().endsWith(`.${domain}`);
  });
}

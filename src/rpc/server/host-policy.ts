import {isIP} from "node:net";

/** Whether a listener at this host can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

const LOCAL_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether the `Host` header names this machine. A page may have its own name resolve to 127.0.0.1 and then counts
 * as same-origin with our port (DNS rebinding): the name in `Host` gives it away.
 */
export function isLocalHost(header: string | undefined): boolean {
  if (header === undefined) return false;
  const name = header.toLowerCase().replace(/:\d+$/, "");
  return LOCAL_NAMES.has(name) || isLoopback(name);
}

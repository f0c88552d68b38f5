import {isIP} from "node:net";
import {err, ok, type Result} from "#base";

/** Pages that may use the server from a browser. `null` is the Origin of a page without one, such as a file. */
export type AllowedOrigins = "all" | readonly string[];

/** A page on this machine and the polkadot.js apps, as in Substrate (spec/rpc §6). */
export const DEFAULT_ORIGINS: AllowedOrigins = [
  "http://localhost:*",
  "https://localhost:*",
  "http://127.0.0.1:*",
  "https://127.0.0.1:*",
  "https://polkadot.js.org",
];

export type OriginsFailure = {code: "origin-invalid"; origin: string};

const PATTERN = /^(null|[a-z][a-z0-9+.-]*:\/\/(\[[0-9a-f:.]+\]|[^\s/:*?#@]+)(:(\d{1,5}|\*))?)$/;

/** Of `--rpc-cors`: `all`, or origins with commas between, a port being a number or `*`. */
export function parseOrigins(text: string): Result<AllowedOrigins, OriginsFailure> {
  // Substrate has `all`; `*` is what the header itself would say.
  if (/^(all|\*)$/i.test(text.trim())) return ok("all");
  const origins = text.split(",").map(each => each.trim().toLowerCase().replace(/\/$/, ""));
  const invalid = origins.find(origin => !PATTERN.test(origin));
  return invalid === undefined ? ok(origins) : err({code: "origin-invalid", origin: invalid});
}

const ANY_PORT = ":*";

/**
 * Whether a request with this `Origin` header may be served. Browsers always send one and no page can forge it;
 * a program that sends none is no browser, and is not what this guards against.
 */
export function isOriginAllowed(allowed: AllowedOrigins, origin: string | undefined): boolean {
  if (origin === undefined || allowed === "all") return true;
  const given = origin.toLowerCase();
  const withoutPort = given.replace(/:\d+$/, "");
  return allowed.some(pattern =>
    pattern.endsWith(ANY_PORT)
      ? pattern.slice(0, -ANY_PORT.length) === withoutPort
      : pattern === given,
  );
}

/**
 * Whether a request comes from a page that this server itself showed: its origin is the address in `Host`. A name
 * there proves nothing, since whoever owns a name can have it resolve to this machine (DNS rebinding); an address, or
 * `localhost`, cannot be made to mean another machine. A node under a name has it named in `--rpc-cors`.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || host === undefined) return false;
  const place = /^https?:\/\/(.+)$/.exec(origin.toLowerCase())?.[1];
  if (place === undefined || place !== host.toLowerCase()) return false;
  const name = place.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || isIP(name) !== 0;
}

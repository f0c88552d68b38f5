import type {IncomingMessage, ServerResponse} from "node:http";

/** A file as the server hands it out, from memory. */
export interface ServedFile {
  readonly type: string;
  readonly body: Uint8Array;
  /** The same, smaller, for a client that takes gzip. */
  readonly zipped: Uint8Array | undefined;
  /** Quoted, as it stands in the header. */
  readonly etag: string;
  /** The name changes with the content, so that a browser need never ask again. */
  readonly isForEver: boolean;
}

/** The pages that a server shows beside JSON-RPC: exactly those paths that are known, none that is made of parts. */
export interface Pages {
  at(path: string): ServedFile | undefined;
}

const YEAR_SECONDS = 31_536_000;

/**
 * What a page may do: load what lies here, talk to this server, nothing else. A name or a remark that somebody wrote
 * onto the chain can then not become a program in an operator's browser, whatever a page gets wrong.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const GUARDS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};

/** Answers a GET or HEAD for a page; false where there is none at this path. */
export function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  pages: Pages | undefined,
): boolean {
  const file = pages?.at(request.url?.split("?", 1)[0] ?? "");
  if (file === undefined) return false;
  const {type, body, zipped, etag, isForEver} = file;
  const known = request.headers["if-none-match"]?.split(/\s*,\s*/) ?? [];
  const isKnown = known.some(each => each === "*" || each.replace(/^W\//, "") === etag);
  const isZipped = zipped !== undefined && takesGzip(request.headers["accept-encoding"]);
  const content = isZipped ? zipped : body;
  const headers: Record<string, string | number> = {
    ...GUARDS,
    etag,
    vary: "Accept-Encoding, Origin",
    "cache-control": isForEver ? `public, max-age=${YEAR_SECONDS}, immutable` : "no-cache",
  };
  if (isKnown) {
    response.writeHead(304, headers).end();
    return true;
  }
  headers["content-type"] = type;
  headers["content-length"] = content.length;
  if (isZipped) headers["content-encoding"] = "gzip";
  response.writeHead(200, headers);
  if (request.method === "HEAD") response.end();
  else response.end(content);
  return true;
}

/** `gzip;q=0` says no; no browser does. */
function takesGzip(header: string | string[] | undefined): boolean {
  return /(^|,)\s*gzip\s*(,|;\s*q=(1|0?\.\d*[1-9])|;(?!\s*q)|$)/i.test(String(header ?? ""));
}

import type {IncomingMessage} from "node:http";
import {BlockList, isIP} from "node:net";
import {err, ok, type Result} from "#base";
import {RateLimit} from "../dispatch/rate-limit.ts";

export interface RateLimitOptions {
  readonly perMinute: number;
  /** Addresses that have no limit. */
  readonly exempt?: BlockList;
  /** Whether a proxy in front says who the client is. Without one a client could say so itself. */
  readonly trustProxyHeaders?: boolean;
}

/** Addresses of HTTP clients remembered; beyond, those are forgotten that may call again in any case. */
const MAX_ADDRESSES = 4_096;

/** How many calls clients may make: by connection for WebSockets, by address for HTTP. */
export class RateLimits {
  readonly #options: RateLimitOptions;
  readonly #byAddress = new Map<string, RateLimit>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Of one connection by WebSocket; undefined for one that has none. */
  ofConnection(request: IncomingMessage): RateLimit | undefined {
    return this.#isExempt(this.#addressOf(request))
      ? undefined
      : new RateLimit(this.#options.perMinute);
  }

  /** Of a client by HTTP, whose next request may come over another connection. */
  ofAddress(request: IncomingMessage, now: number): RateLimit | undefined {
    const address = this.#addressOf(request);
    if (this.#isExempt(address)) return undefined;
    const known = this.#byAddress.get(address);
    if (known !== undefined) return known;
    if (this.#byAddress.size >= MAX_ADDRESSES) this.#forget(now);
    const limit = new RateLimit(this.#options.perMinute);
    this.#byAddress.set(address, limit);
    return limit;
  }

  #forget(now: number): void {
    for (const [address, limit] of this.#byAddress) {
      if (limit.isFresh(now)) this.#byAddress.delete(address);
    }
    // All of them busy: the oldest goes, which lets a flood of addresses gain nothing but a new count.
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size >= MAX_ADDRESSES && oldest !== undefined) {
      this.#byAddress.delete(oldest);
    }
  }

  #addressOf({headers, socket}: IncomingMessage): string {
    const told = this.#options.trustProxyHeaders === true ? proxied(headers) : undefined;
    return told ?? socket.remoteAddress ?? "";
  }

  #isExempt(address: string): boolean {
    const plain = address.replace(/^::ffff:/, "");
    const family = isIP(plain);
    if (family === 0) return false;
    return this.#options.exempt?.check(plain, family === 4 ? "ipv4" : "ipv6") ?? false;
  }
}

/** As the proxies that Substrate trusts say it. */
function proxied(headers: IncomingMessage["headers"]): string | undefined {
  const forwarded = /for="?\[?([^;,"\]]+)/i.exec(String(headers.forwarded ?? ""))?.[1];
  const first = String(headers["x-forwarded-for"] ?? "").split(",", 1)[0];
  return [first, String(headers["x-real-ip"] ?? ""), forwarded]
    .map(address => address?.trim())
    .find(address => address !== undefined && isIP(address) !== 0);
}

/** Of `--rpc-rate-limit-whitelisted-ips`: addresses, or networks such as 10.0.0.0/8. The failure is the wrong one. */
export function parseExempt(texts: readonly string[]): Result<BlockList, string> {
  const list = new BlockList();
  for (const text of texts) {
    const [address = "", bits] = text.split("/");
    const family = isIP(address);
    const longest = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? longest : /^\d+$/.test(bits) ? Number(bits) : -1;
    if (family === 0 || prefix < 0 || prefix > longest) return err(text);
    list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  }
  return ok(list);
}

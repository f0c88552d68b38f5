import {MAX_SS58_PREFIX, type Ss58Prefix} from "#crypto";
import {refuse, type Terminal} from "./terminal.ts";

/** SS58 prefix of Phala and Khala in the public registry. */
export const DEFAULT_NETWORK: Ss58Prefix = 30;

export const isNetwork = (prefix: number): prefix is Ss58Prefix =>
  Number.isInteger(prefix) && prefix >= 0 && prefix <= MAX_SS58_PREFIX;

export function refuseNetwork(io: Terminal, found: number): number {
  return refuse(
    io,
    "network-unknown",
    `${found} is no SS58 prefix`,
    `a number from 0 to ${MAX_SS58_PREFIX}`,
  );
}

import registry from "@substrate/ss58-registry";
import {isSs58Prefix, MAX_SS58_PREFIX, type Ss58Prefix} from "#crypto";
import {refuse, type Terminal, USAGE} from "./terminal.ts";

/** SS58 prefix of Phala and Khala in the public registry. */
export const DEFAULT_NETWORK: Ss58Prefix = 30;

/** The registry has no entry for Khala of its own: it shares Phala's. */
const OURS: ReadonlyMap<string, Ss58Prefix> = new Map([["khala", DEFAULT_NETWORK]]);

/** The registry keeps a few prefixes for nobody, and lists a network whose number no address can hold. */
const named = registry.filter(({prefix}) => isSs58Prefix(prefix));

/** A prefix as a number or by a network's name in the registry, in whatever letters; undefined where it is neither. */
export function networkOf(text: string): Ss58Prefix | undefined {
  const name = text.toLowerCase();
  const number = /^\d{1,5}$/.test(name) ? Number(name) : undefined;
  if (number !== undefined) return isSs58Prefix(number) ? number : undefined;
  return OURS.get(name) ?? named.find(({network}) => network.toLowerCase() === name)?.prefix;
}

/** The name that the registry has for a prefix, else its digits. */
export const networkName = (prefix: Ss58Prefix): string =>
  named.find(entry => entry.prefix === prefix)?.network ?? String(prefix);

export function refuseNetwork(io: Terminal, found: number | string): number {
  return refuse(
    io,
    "network-unknown",
    `${found} is no SS58 prefix`,
    `a number from 0 to ${MAX_SS58_PREFIX}, or a network's name such as polkadot, kusama, phala`,
    USAGE,
  );
}

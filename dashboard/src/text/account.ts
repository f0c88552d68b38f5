import {base58} from "@scure/base";

/** The bit of an address's first byte that says that its prefix takes two. */
const LONG_PREFIX = 64;
const CHECKSUM_LENGTH = 2;

/** The same few hundred accounts are compared again and again. */
const known = new Map<string, string>();
const MOST_KNOWN = 4_000;

/** Whether two texts name one account: an address says beside its bytes for which chain it was written. */
export const isSameAccount = (one: string | null | undefined, other: string): boolean =>
  one === other || (typeof one === "string" && publicKeyOf(one) === publicKeyOf(other));

/** The account's bytes in hex; what is no address, as an account of Ethereum's kind is not, stands for itself. */
export function publicKeyOf(address: string): string {
  const found = known.get(address);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const read = readBytes(address);
  known.set(address, read);
  return read;
}

function readBytes(address: string): string {
  if (address.startsWith("0x")) return address.toLowerCase();
  try {
    const whole = base58.decode(address);
    const prefixLength = whole[0]! & LONG_PREFIX ? 2 : 1;
    const bytes = whole.slice(prefixLength, whole.length - CHECKSUM_LENGTH);
    return `0x${Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("")}`;
  } catch {
    return address;
  }
}

import {bytesToHex, equalBytes, type Slot} from "#base";
import {struct, u64, type ValueOf} from "#codec";
import {accountId, type Hash, type Header, header} from "#primitives";

/**
 * Two headers that one authority sealed for one slot: anybody can check both seals (spec/network §2.1). Nothing on
 * this chain punishes it, and both blocks are good; it is kept for whoever is to answer for the key.
 */
export const auraEquivocation = struct({
  offender: accountId,
  slot: u64,
  first: header,
  second: header,
});
export type AuraEquivocation = ValueOf<typeof auraEquivocation>;

/** Slots whose headers are remembered; older ones are not looked for. */
const SLOTS_KEPT = 1_000;
/** Headers remembered of one authority in one slot: two prove it, more prove nothing new. */
const HEADERS_KEPT = 2;

interface Seen {
  readonly hash: Hash;
  readonly header: Header;
}

/** Remembers who sealed what for which slot, and says when somebody did twice. */
export class EquivocationWatch {
  readonly #bySlot = new Map<Slot, Map<string, Seen[]>>();
  #newest = 0;

  /** Takes note of a header whose seal was checked; returns the proof if it is the second of its kind. */
  note(slot: Slot, author: Uint8Array, hash: Hash, sealed: Header): AuraEquivocation | undefined {
    if (slot + SLOTS_KEPT <= this.#newest) return undefined;
    const seen = this.#of(slot, bytesToHex(author));
    const first = seen[0];
    if (first === undefined) {
      seen.push({hash, header: sealed});
      return undefined;
    }
    const isKnown = seen.some(one => equalBytes(one.hash, hash));
    if (isKnown || seen.length >= HEADERS_KEPT) return undefined;
    seen.push({hash, header: sealed});
    return {offender: author, slot: BigInt(slot), first: first.header, second: sealed};
  }

  #of(slot: Slot, author: string): Seen[] {
    if (slot > this.#newest) {
      this.#newest = slot;
      for (const old of this.#bySlot.keys()) {
        if (old + SLOTS_KEPT > slot) break;
        this.#bySlot.delete(old);
      }
    }
    const authors = this.#bySlot.get(slot) ?? new Map<string, Seen[]>();
    this.#bySlot.set(slot, authors);
    const seen = authors.get(author) ?? [];
    authors.set(author, seen);
    return seen;
  }
}

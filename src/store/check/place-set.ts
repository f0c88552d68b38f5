import type {Place} from "#trie";

/** Places in one page of bits: 8 KiB. */
const PAGE = 65_536;

/** Places, a bit each where any near them is. */
export class PlaceSet {
  readonly #pages = new Map<number, Uint8Array>();

  /** Whether it was not there before. */
  add(place: Place): boolean {
    const number = Math.floor(place / PAGE);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint8Array(PAGE >> 3);
      this.#pages.set(number, page);
    }
    const at = place % PAGE;
    const bit = 1 << (at & 7);
    const isNew = (page[at >> 3]! & bit) === 0;
    page[at >> 3]! |= bit;
    return isNew;
  }

  has(place: Place): boolean {
    const page = this.#pages.get(Math.floor(place / PAGE));
    const at = place % PAGE;
    return page !== undefined && (page[at >> 3]! & (1 << (at & 7))) !== 0;
  }
}

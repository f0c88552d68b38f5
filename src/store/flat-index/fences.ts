import {type BinaryString, bytesToBinary, invariant} from "#base";
import {headIn, headOf} from "./key-head.ts";

/** Ends of blocks that stand together: where one is put in between, so many have to move up. */
const MOST = 512;

/** Where a block begins, and the number that it is kept under. */
export interface Fence {
  readonly low: BinaryString;
  readonly number: number;
}

interface Page {
  count: number;
  /** The lows one after the other, and where each begins. */
  lows: Uint8Array;
  offsets: Uint32Array;
  numbers: Uint32Array;
  /** How many bytes all of them begin with in common. */
  shared: number;
  /** The four bytes after these of each, as a number; zeros where it ends before. */
  heads: Uint32Array;
}

/** Where each block begins, in order: in arrays of bytes, since a string for each would be ten times as much. */
export class Fences {
  #pages: Page[] = [];
  /** Where each page begins, one after the other as in a page: all that finding one touches. Made when it is asked for. */
  #firsts: Pick<Page, "lows" | "offsets"> | undefined;
  #count = 0;
  #shared = 0;

  get count(): number {
    return this.#count;
  }

  /** Bytes of memory. */
  get size(): number {
    let size = 0;
    for (const page of this.#pages) size += page.lows.length + 12 * page.count;
    return size;
  }

  /** Adds some, in order, above all that are there: each page is made once or twice, however many come. */
  push(fences: readonly Fence[]): void {
    for (let from = 0; from < fences.length; ) {
      const last = this.#pages.at(-1);
      const room = last === undefined ? 0 : (MOST >> 1) - last.count;
      const some = fences.slice(from, from + (room > 0 ? room : MOST >> 1));
      if (room > 0) this.#pages[this.#pages.length - 1] = spliced(last!, last!.count, 0, some);
      else this.#pages.push(pageOf(some));
      from += some.length;
    }
    this.#firsts = undefined;
    this.#count += fences.length;
  }

  /** The number of the block in whose range a key is; undefined where there is none. */
  numberAt(key: BinaryString): number | undefined {
    const page = this.#pages[this.#indexAt(key)];
    return page?.numbers[lastNotAbove(page, key, this.#shared)];
  }

  /** The fence in whose range a key is. */
  at(key: BinaryString): Fence | undefined {
    const page = this.#pages[this.#indexAt(key)];
    return page && fenceOf(page, lastNotAbove(page, key, this.#shared));
  }

  /** The first above a key. */
  after(key: BinaryString): Fence | undefined {
    const pages = this.#pages;
    const index = this.#indexAt(key);
    if (index < 0) return pages.length === 0 ? undefined : fenceOf(pages[0]!, 0);
    const at = lastNotAbove(pages[index]!, key, this.#shared) + 1;
    if (at < pages[index]!.count) return fenceOf(pages[index]!, at);
    const next = pages[index + 1];
    return next === undefined ? undefined : fenceOf(next, 0);
  }

  /** The first at a key or above. */
  from(key: BinaryString): Fence | undefined {
    const at = this.at(key);
    return at?.low === key ? at : this.after(key);
  }

  /** Takes the fences from `low` on below `high` away, and puts others there, in order. */
  replace(low: BinaryString, high: BinaryString | undefined, fences: readonly Fence[]): void {
    // What one page holds at a time, so that blocks put together across two of them are no case of their own.
    for (;;) {
      const next = this.from(low);
      if (next === undefined || (high !== undefined && next.low >= high)) break;
      this.#remove(next.low);
    }
    for (const fence of fences) this.#insert(fence);
  }

  *all(): Generator<Fence> {
    for (const page of this.#pages) for (let i = 0; i < page.count; i++) yield fenceOf(page, i);
  }

  #remove(low: BinaryString): void {
    const index = this.#indexAt(low);
    const page = this.#pages[index]!;
    const at = lastNotAbove(page, low, this.#shared);
    const without = spliced(page, at, 1, []);
    if (without.count === 0) this.#pages.splice(index, 1);
    else this.#pages[index] = without;
    if (at === 0) this.#firsts = undefined;
    this.#count--;
  }

  #insert(fence: Fence): void {
    const found = this.#indexAt(fence.low);
    const index = Math.max(found, 0);
    const page = this.#pages[index];
    this.#count++;
    if (page === undefined) {
      this.#pages.push(pageOf([fence]));
      this.#firsts = undefined;
      return;
    }
    const at = found < 0 ? 0 : lastNotAbove(page, fence.low, this.#shared) + 1;
    invariant(at === 0 || fenceOf(page, at - 1).low !== fence.low, "a block begins once");
    const more = spliced(page, at, 0, [fence]);
    if (at === 0 || more.count >= MOST) this.#firsts = undefined;
    if (more.count < MOST) {
      this.#pages[index] = more;
      return;
    }
    const half = more.count >> 1;
    this.#pages.splice(index, 1, sliced(more, 0, half), sliced(more, half, more.count));
  }

  /** The page in which a key belongs; notes how many bytes its first fence has in common with the key. */
  #indexAt(key: BinaryString): number {
    this.#firsts ??= firstsOf(this.#pages);
    const {lows, offsets} = this.#firsts;
    let low = 0;
    let high = this.#pages.length;
    // What the ends have in common with the key all in between have as well: keys of one map begin with 32 bytes that are the same.
    let sharedLow = 0;
    let sharedHigh = 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = offsets[middle]!;
      const length = offsets[middle + 1]! - at;
      const most = length < key.length ? length : key.length;
      let i = sharedLow < sharedHigh ? sharedLow : sharedHigh;
      while (i < most && lows[at + i] === key.charCodeAt(i)) i++;
      const isBelow = i === most ? length <= key.length : lows[at + i]! < key.charCodeAt(i);
      if (isBelow) {
        low = middle + 1;
        sharedLow = i;
      } else {
        high = middle;
        sharedHigh = i;
      }
    }
    this.#shared = sharedLow;
    return low - 1;
  }
}

function compareLow(page: Page, index: number, key: BinaryString): number {
  const {lows, offsets} = page;
  const at = offsets[index]!;
  const length = offsets[index + 1]! - at;
  const shared = Math.min(length, key.length);
  for (let i = 0; i < shared; i++) {
    const difference = lows[at + i]! - key.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return length - key.length;
}

/** Of a page whose first fence is not above the key, and has so many bytes in common with it. */
function lastNotAbove(page: Page, key: BinaryString, inCommon: number): number {
  const {shared, heads, count} = page;
  // What all begin with is already behind the key.
  if (inCommon < shared) return count - 1;
  const head = headOf(key, shared);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = heads[middle]!;
    const isBelow = other === head ? compareLow(page, middle, key) <= 0 : other < head;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function firstsOf(pages: readonly Page[]): Pick<Page, "lows" | "offsets"> {
  const offsets = new Uint32Array(pages.length + 1);
  pages.forEach((page, i) => {
    offsets[i + 1] = offsets[i]! + page.offsets[1]!;
  });
  const lows = new Uint8Array(offsets[pages.length]!);
  pages.forEach((page, i) => void lows.set(page.lows.subarray(0, page.offsets[1]), offsets[i]));
  return {lows, offsets};
}

/** With what makes searching it quick. */
function searchable(page: Omit<Page, "shared" | "heads">): Page {
  const {lows, offsets, count} = page;
  const heads = new Uint32Array(count);
  if (count === 0) return {...page, shared: 0, heads};
  const last = offsets[count - 1]!;
  const most = Math.min(offsets[1]!, offsets[count]! - last);
  let shared = 0;
  while (shared < most && lows[shared] === lows[last + shared]) shared++;
  for (let i = 0; i < count; i++) heads[i] = headIn(lows, offsets[i]! + shared, offsets[i + 1]!);
  return {...page, shared, heads};
}

function fenceOf({lows, offsets, numbers}: Page, index: number): Fence {
  const low = bytesToBinary(lows.subarray(offsets[index]!, offsets[index + 1]!));
  return {low, number: numbers[index]!};
}

function pageOf(fences: readonly Fence[]): Page {
  const numbers = new Uint32Array(0);
  const empty = {count: 0, lows: new Uint8Array(0), offsets: new Uint32Array(1), numbers};
  return spliced(searchable(empty), 0, 0, fences);
}

function spliced(page: Page, at: number, gone: number, fences: readonly Fence[]): Page {
  const count = page.count - gone + fences.length;
  const begin = page.offsets[at]!;
  const end = page.offsets[at + gone]!;
  let added = 0;
  for (const {low} of fences) added += low.length;
  const shift = added - (end - begin);
  const used = page.offsets[page.count]!;
  const lows = new Uint8Array(used + shift);
  const offsets = new Uint32Array(count + 1);
  const numbers = new Uint32Array(count);
  lows.set(page.lows.subarray(0, begin));
  lows.set(page.lows.subarray(end, used), begin + added);
  offsets.set(page.offsets.subarray(0, at + 1));
  numbers.set(page.numbers.subarray(0, at));
  numbers.set(page.numbers.subarray(at + gone, page.count), at + fences.length);
  let written = begin;
  fences.forEach(({low, number}, i) => {
    for (let k = 0; k < low.length; k++) lows[written + k] = low.charCodeAt(k);
    written += low.length;
    offsets[at + i + 1] = written;
    numbers[at + i] = number;
  });
  for (let i = at + gone + 1; i <= page.count; i++) {
    offsets[i - gone + fences.length] = page.offsets[i]! + shift;
  }
  return searchable({count, lows, offsets, numbers});
}

function sliced(page: Page, from: number, to: number): Page {
  const begin = page.offsets[from]!;
  const lows = page.lows.slice(begin, page.offsets[to]!);
  const offsets = page.offsets.slice(from, to + 1).map(offset => offset - begin);
  const numbers = page.numbers.slice(from, to);
  return searchable({count: to - from, lows, offsets, numbers});
}

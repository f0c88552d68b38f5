import {fstatSync, readSync} from "node:fs";
import {
  KEYS_ARE_BYTES,
  META_AT,
  type Meta,
  NO_PAGE,
  TOLERATED_PAGES,
  TREE_AT,
  TREE_SIZE,
} from "./lmdb-file.ts";
import {isEntryOfTree, MARK} from "./own-trees.ts";

/**
 * The tree of pages of an LMDB file, followed as LMDB follows it, which trusts what stands there: a page that names others
 * outside of the file, or entries outside of itself, ends the process by a signal, and one whose keys are out of order hides some.
 * Layout of version 2 of the format: each page begins with its own number (u64), the transaction that wrote it (u64), two bytes unused,
 * flags (u16), where the list of entries ends and the entries begin (u16 each, after the header; of an overflow page one u32: how
 * many pages it is). An entry: size or lower half of a page number (u32), flags or its upper part (u16), size of the key (u16), key, value.
 */
const HEADER = 24;
const FLAGS_AT = 18;
const BRANCH = 1;
const LEAF = 2;
const OVERFLOW = 4;
const KIND = BRANCH | LEAF | OVERFLOW;

const ENTRY = 8;
const BIG = 1;
/** The value is the entry of a tree, as those in the meta pages are. */
const TREE = 2;
/** A value on pages of its own is its first page, the transaction and their number (u64 each). */
const BIG_VALUE = 24;

/** Of a key of the free pages (a transaction), and of each number in a list of them. */
const WORD = 8;

const META_PAGES = 2;
/** Pages between two tellings of how many were read: less than a millisecond. */
const TOLD_EVERY = 16;
/** LMDB's cursors go no deeper. */
const MOST_DEEP = 32;

const TREES = {free: META_AT.trees, main: META_AT.trees + TREE_SIZE};

const MARK_OF_TREES = MARK.charCodeAt(0);

/** Of the free pages, of the entries, or one within these (`own-trees.ts`). */
type TreeKind = "free" | "main" | "own";

/** What of a file was followed. */
export interface FollowedPages {
  readonly pages: number;
  readonly entries: number;
}

/** How far a walk is. */
export interface ReadPages extends FollowedPages {
  /** Of these pages. */
  readonly bytes: number;
}

/** Thrown by `PageWalk.check` with what is damaged. */
export class DamagedPage extends Error {}

interface Tree {
  readonly kind: TreeKind;
  /** Of one within the main one. */
  readonly name: string;
  readonly depth: number;
  branches: number;
  leaves: number;
  overflows: number;
  entries: number;
}

/**
 * A walk over all that begins at one of the two pages that a file begins with. Given what is to be done with each entry it passes over
 * what is damaged, else it ends there.
 */
export class PageWalk {
  readonly #descriptor: number;
  readonly #meta: Buffer;
  readonly #pageSize: number;
  readonly #pagesOfFile: number;
  readonly #claimedLastPage: number;
  readonly #lastPage: number;
  readonly #transaction: bigint;
  /** A bit for each page that something refers to. */
  readonly #used: Uint8Array;

  /** Given where entries are to be saved: then what is damaged is passed over. */
  readonly #onEntry: ((key: Buffer, value: Buffer) => void) | undefined;
  readonly #passed: string[] = [];
  readonly #own = {trees: 0, pages: 0, entries: 0};
  readonly #noted = new Map<string, number>();
  readonly #read = {pages: 0, entries: 0};
  #onPages: (read: ReadPages) => void = () => {};

  constructor(
    descriptor: number,
    {page, lastPage, transaction, pageSize}: Meta,
    onEntry?: (key: Buffer, value: Buffer) => void,
  ) {
    this.#descriptor = descriptor;
    this.#meta = page;
    this.#pageSize = pageSize;
    // A number that was damaged may be far beyond what there is: no room is made for that, and no page is found there.
    this.#claimedLastPage = lastPage;
    this.#pagesOfFile = Math.ceil(fstatSync(descriptor).size / pageSize);
    this.#lastPage = Math.min(lastPage, this.#pagesOfFile + TOLERATED_PAGES);
    this.#transaction = transaction;
    this.#used = new Uint8Array(Math.floor(this.#lastPage / 8) + 1);
    this.#onEntry = onEntry;
  }

  /** Entries that trees should have by their own account, by the names of those that were come to; the main one's is empty. */
  get noted(): ReadonlyMap<string, number> {
    return this.#noted;
  }

  /** What was passed over. */
  salvage(): string[] {
    this.#tolerating(() => {
      this.#use(0, META_PAGES, "the file");
      this.#follow("main", this.#meta.subarray(TREES.main), "");
    });
    return this.#passed;
  }

  /** `onPages`: told again and again how far it is. Throws `DamagedPage`. */
  check(onPages: (read: ReadPages) => void = () => {}): FollowedPages {
    this.#onPages = onPages;
    if (this.#lastPage < this.#claimedLastPage) {
      damaged(`it should have ${this.#claimedLastPage + 1} pages and has ${this.#pagesOfFile}`);
    }
    this.#use(0, META_PAGES, "the file");
    const free = this.#follow("free", this.#meta.subarray(TREES.free), "");
    const main = this.#follow("main", this.#meta.subarray(TREES.main), "");
    const pages = pagesOf(free) + pagesOf(main) + this.#own.pages + META_PAGES;
    return {pages, entries: main.entries - this.#own.trees + this.#own.entries};
  }

  #tolerating(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (this.#onEntry === undefined || !(error instanceof DamagedPage)) throw error;
      this.#passed.push(error.message);
    }
  }

  /** `entry`: what begins with a tree's own entry. */
  #follow(kind: TreeKind, entry: Buffer, name: string): Tree {
    const read = (field: keyof typeof TREE_AT) => Number(entry.readBigUInt64LE(TREE_AT[field]));
    const depth = entry.readUInt16LE(TREE_AT.depth);
    const seen: Tree = {kind, name, depth, branches: 0, leaves: 0, overflows: 0, entries: 0};
    if (kind === "main" || isEntryOfTree(name)) this.#noted.set(name, read("entries"));
    if (depth > MOST_DEEP) damaged(`a tree is ${depth} pages deep`);
    const isFree = kind === "free";
    if (entry.readBigUInt64LE(TREE_AT.root) === NO_PAGE) {
      return depth === 0 ? seen : damaged("a tree without a root has a depth");
    }
    this.#page(seen, {number: read("root"), level: 1, isFree, low: undefined, high: undefined});
    if (this.#onEntry !== undefined) return seen;
    for (const count of ["branches", "leaves", "overflows", "entries"] as const) {
      if (seen[count] === read(count)) continue;
      damaged(`${seen[count]} ${count} are there, and ${read(count)} are noted`);
    }
    return seen;
  }

  #page(seen: Tree, place: PagePlace): void {
    const {number, level, isFree} = place;
    this.#use(number, 1, `a page at depth ${level}`);
    const page = this.#pageOf(number);
    const kind = page.readUInt16LE(FLAGS_AT) & KIND;
    // Where entries are saved, a page says by itself what it is: the depth that is noted may be what is damaged.
    const isLeaf = this.#onEntry === undefined ? level === seen.depth : kind === LEAF;
    if (kind !== (isLeaf ? LEAF : BRANCH)) damaged(`page ${number} is of another kind`);
    if (level > MOST_DEEP) damaged(`page ${number} is deeper than any`);
    if (isLeaf) seen.leaves++;
    else seen.branches++;
    this.#read.entries += isLeaf ? this.#count(page, number) : 0;
    if (++this.#read.pages % TOLD_EVERY === 0) {
      this.#onPages({...this.#read, bytes: this.#read.pages * this.#pageSize});
    }
    let before: Buffer | undefined;
    for (let i = 0; i < this.#count(page, number); i++) {
      this.#tolerating(() => {
        const entry = this.#entry(page, place, i, isLeaf);
        const isFirstOfBranch = !isLeaf && i === 0;
        const {key} = entry;
        if (!isFirstOfBranch) {
          // Where entries are saved, a key that was damaged says nothing of what it leads to.
          const isInOrder = isAfter(before, key, isFree) && isWithin(place, key, isFree);
          if (!isInOrder && this.#onEntry === undefined) {
            damaged(`page ${number} has a key out of order`);
          }
          before = key;
        }
        if (isLeaf) this.#leafEntry(seen, entry, number);
        else {
          const low = isFirstOfBranch ? place.low : key;
          const high = this.#highKey(page, place, i + 1) ?? place.high;
          this.#page(seen, {number: entry.child, level: level + 1, isFree, low, high});
        }
      });
    }
  }

  #leafEntry(seen: Tree, entry: Entry, page: number): void {
    const isFree = seen.kind === "free";
    seen.entries++;
    if (seen.kind === "main" && (entry.flags === TREE || isNamedTree(entry.key))) {
      this.#ownTree(entry, page);
      return;
    }
    if (seen.kind === "own" && !this.#isOfTree(entry.key, seen.name)) {
      damaged(`page ${page} has an entry of another tree`);
    }
    let value = entry.value;
    if ((entry.flags & BIG) !== 0) {
      const first = Number(value.readBigUInt64LE(0));
      const pages = Number(value.readBigUInt64LE(16));
      // A shorter value may have come to stand where a longer one was.
      const needed = Math.floor((HEADER - 1 + entry.size) / this.#pageSize) + 1;
      if (pages < needed) damaged(`page ${page} has an entry longer than its pages`);
      this.#use(first, pages, `an entry of page ${page}`);
      seen.overflows += pages;
      const head = this.#pageOf(first);
      const isSame = head.readUInt32LE(FLAGS_AT + 2) === pages;
      if ((head.readUInt16LE(FLAGS_AT) & KIND) !== OVERFLOW || !isSame) {
        damaged(`page ${first} is of another kind`);
      }
      if (isFree || this.#onEntry !== undefined) {
        value = this.#bytes(first * this.#pageSize + HEADER, entry.size);
      }
    } else if (entry.flags !== 0) damaged(`page ${page} has an entry of an unknown kind`);
    if (isFree) this.#freePages(value, page);
    else this.#onEntry?.(entry.key, value);
  }

  /** Where entries are saved, a name that was damaged says nothing of what is in the tree; but none is a tree's own entry. */
  #isOfTree(key: Buffer, name: string): boolean {
    if (this.#onEntry !== undefined) return !isNamedTree(key);
    return key[0] === name.charCodeAt(MARK.length);
  }

  #ownTree({key, flags, value}: Entry, page: number): void {
    if (value.length !== TREE_SIZE) damaged(`page ${page} has a tree's entry of another size`);
    if (this.#onEntry === undefined) {
      const isNamed = flags === TREE && isNamedTree(key);
      const isUnused = value.readUInt32LE(0) === 0;
      const isOurs = isUnused && value.readUInt16LE(TREE_AT.flags) === KEYS_ARE_BYTES;
      if (!isNamed || !isOurs) damaged(`page ${page} has a tree that is none of ours`);
    }
    const tree = this.#follow("own", value, key.toString("latin1"));
    this.#own.trees++;
    this.#own.pages += pagesOf(tree);
    this.#own.entries += tree.entries;
  }

  /** A list of pages that nothing refers to: how many, and their numbers. */
  #freePages(list: Buffer, page: number): void {
    const word = (index: number): bigint =>
      (index + 1) * WORD <= list.length
        ? list.readBigInt64LE(index * WORD)
        : damaged(`page ${page} has a list longer than itself`);
    const count = Number(word(0));
    if (count < 0) damaged(`page ${page} has a list of fewer than none`);
    for (let i = 1; i <= count; i++) {
      const raw = word(i);
      // A negative one says how many in a row begin at the next.
      const run = raw < 0n ? Number(-raw) : 1;
      const first = Number(raw < 0n ? word(++i) : raw);
      if (first !== 0) this.#use(first, run, `the free pages of page ${page}`);
    }
  }

  #count(page: Buffer, number: number): number {
    const lower = page.readUInt16LE(FLAGS_AT + 2);
    const upper = page.readUInt16LE(FLAGS_AT + 4);
    const room = this.#pageSize - HEADER;
    if (lower === 0 || lower % 2 !== 0 || lower > upper || upper > room) {
      damaged(`page ${number} has no sound list of entries`);
    }
    return lower >> 1;
  }

  #entry(page: Buffer, {number, isFree}: PagePlace, index: number, isLeaf: boolean): Entry {
    const at = page.readUInt16LE(HEADER + index * 2);
    const isInside = at >= page.readUInt16LE(FLAGS_AT + 4) && at + ENTRY <= page.length - HEADER;
    if (!isInside) damaged(`page ${number} has an entry outside of itself`);
    const entry = entryAt(page, HEADER + at, number, isLeaf);
    // The first of a branch has none.
    if (isFree && (isLeaf || index > 0) && entry.key.length !== WORD) {
      damaged(`page ${number} has a key of another size`);
    }
    return entry;
  }

  /** Undefined for the last one, and where entries are saved: there no key is held against it, and the next entry may be damaged. */
  #highKey(page: Buffer, place: PagePlace, index: number): Buffer | undefined {
    if (this.#onEntry !== undefined || index >= this.#count(page, place.number)) return undefined;
    return this.#entry(page, place, index, false).key;
  }

  #use(first: number, pages: number, by: string): void {
    if (!(first >= 0 && first + pages - 1 <= this.#lastPage)) {
      damaged(`${by} names page ${first}, which is outside of the file`);
    }
    for (let page = first; page < first + pages; page++) {
      const bit = 1 << (page & 7);
      if ((this.#used[page >> 3]! & bit) !== 0) damaged(`page ${page} is in use twice`);
      this.#used[page >> 3]! |= bit;
    }
  }

  #pageOf(number: number): Buffer {
    const page = this.#bytes(number * this.#pageSize, this.#pageSize);
    if (page.length < this.#pageSize) damaged(`page ${number} is cut off`);
    if (Number(page.readBigUInt64LE(0)) !== number) damaged(`page ${number} bears another number`);
    if (page.readBigUInt64LE(8) > this.#transaction) {
      damaged(`page ${number} is of a transaction to come`);
    }
    return page;
  }

  #bytes(position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, length, position));
  }
}

interface PagePlace {
  readonly number: number;
  readonly level: number;
  readonly isFree: boolean;
  /** Keys are from the one on and before the other. */
  readonly low: Buffer | undefined;
  readonly high: Buffer | undefined;
}

interface Entry {
  readonly key: Buffer;
  readonly flags: number;
  /** Of the value, wherever it is. */
  readonly size: number;
  readonly value: Buffer;
  readonly child: number;
}

function entryAt(page: Buffer, at: number, number: number, isLeaf: boolean): Entry {
  const size = page.readUInt32LE(at);
  const flags = page.readUInt16LE(at + 4);
  const keyEnd = at + ENTRY + page.readUInt16LE(at + 6);
  const valueSize = !isLeaf ? 0 : (flags & BIG) !== 0 ? BIG_VALUE : size;
  if (keyEnd + valueSize > page.length) damaged(`page ${number} has an entry outside of itself`);
  const key = page.subarray(at + ENTRY, keyEnd);
  const value = page.subarray(keyEnd, keyEnd + valueSize);
  return {key, flags, size, value, child: size + flags * 2 ** 32};
}

/** Keys of free pages are numbers of transactions, all others are bytes in their order. */
function order(a: Buffer, b: Buffer, isFree: boolean): number {
  if (!isFree) return a.compare(b);
  return Number(a.readBigUInt64LE(0) - b.readBigUInt64LE(0));
}

/** The first byte of their names is asked for first: most keys have another. */
const isNamedTree = (key: Buffer): boolean =>
  key[0] === MARK_OF_TREES && isEntryOfTree(key.toString("latin1"));

const isAfter = (before: Buffer | undefined, key: Buffer, isFree: boolean): boolean =>
  before === undefined || order(before, key, isFree) < 0;

const isWithin = ({low, high}: PagePlace, key: Buffer, isFree: boolean): boolean =>
  (low === undefined || order(low, key, isFree) <= 0) &&
  (high === undefined || order(key, high, isFree) < 0);

const pagesOf = ({branches, leaves, overflows}: Tree): number => branches + leaves + overflows;

function damaged(what: string): never {
  throw new DamagedPage(what);
}

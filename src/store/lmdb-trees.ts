import type {Database, RootDatabase} from "lmdb";
import type {BinaryString} from "#base";
import {StoreFault} from "./failures.ts";
import type {KeyRange, Write} from "./key-value-store.ts";
import {KEYS_ARE_BYTES, TREE_AT, TREE_SIZE} from "./lmdb-file.ts";
import {
  behind,
  entryOfTree,
  isEntryOfTree,
  nameOfTree,
  OWN_TREES,
  type OwnTree,
  ownTreeOf,
  segmentsOf,
} from "./own-trees.ts";

export type Lmdb = RootDatabase<Buffer, Buffer>;
type Tree = Pick<
  Database<Buffer, Buffer>,
  "getBinary" | "getBinaryFast" | "put" | "remove" | "getRange"
>;
type Row = [BinaryString, Uint8Array];

/**
 * The trees within a file: the main one, and those of the kinds that have their own. A tree is made when the first row of its kind comes.
 * In files of layouts before the fourth all rows are in the main one: one is found there until it is written again, and is then in its
 * own. What LMDB throws, these methods do.
 */
export class LmdbTrees {
  readonly #main: Lmdb;
  /** By the first byte of their keys. */
  readonly #own: (Tree | undefined)[] = [];
  /** Kinds of which there are rows in the main tree as well. */
  readonly #former: Set<OwnTree>;

  constructor(main: Lmdb) {
    this.#main = main;
    for (const kind of OWN_TREES) if (this.#isThere(kind)) this.#open(kind);
    this.#former = new Set(OWN_TREES.filter(kind => this.#hasFormer(kind)));
  }

  /** A buffer that the next read overwrites, with the value's length. */
  getFast(key: Buffer): Buffer | undefined {
    const own = this.#own[key[0]!];
    const found = own?.getBinaryFast(key);
    if (found !== undefined) return found;
    const isInMain = own === undefined || this.#former.size > 0;
    return isInMain ? this.#main.getBinaryFast(key) : undefined;
  }

  /** To be called before a batch, which cannot make trees itself. */
  makeFor(batch: readonly Write[]): void {
    for (const [key, value] of batch) {
      const kind = value && ownTreeOf(key);
      if (kind !== undefined && this.#own[kind.charCodeAt(0)] === undefined) this.#open(kind);
    }
  }

  /** Within a batch. */
  put(key: Buffer, value: Buffer): void {
    const own = this.#own[key[0]!];
    void (own ?? this.#main).put(key, value);
    if (own !== undefined && this.#former.size > 0) void this.#main.remove(key);
  }

  /** Within a batch. */
  remove(key: Buffer): void {
    const own = this.#own[key[0]!];
    void own?.remove(key);
    if (own === undefined || this.#former.size > 0) void this.#main.remove(key);
  }

  /** To be called after a batch. */
  noteWritten(): void {
    for (const kind of this.#former) if (!this.#hasFormer(kind)) this.#former.delete(kind);
  }

  /** Rows in the main tree that have their own, as they count; of the next ones when these were written. */
  *misplaced(batch: number): Generator<Write[]> {
    for (const kind of [...this.#former]) {
      for (let from: BinaryString | undefined = kind; from !== undefined; ) {
        const rows: Write[] = [];
        let size = 0;
        for (const [key, value] of rowsOf(this.#main, {from, to: behind(kind)})) {
          const own = this.#own[kind.charCodeAt(0)]?.getBinary(Buffer.from(key, "latin1"));
          rows.push([key, own === undefined ? value : new Uint8Array(own)]);
          size += key.length + value.length;
          if (size >= batch) break;
        }
        from = rows.at(-1)?.[0];
        if (rows.length > 0) yield rows;
      }
    }
  }

  *range(range: KeyRange): Generator<Row> {
    for (const {tree: kind, range: part} of segmentsOf(range)) {
      if (kind === undefined) {
        for (const row of rowsOf(this.#main, part)) if (!isEntryOfTree(row[0])) yield row;
        continue;
      }
      const own = this.#own[kind.charCodeAt(0)];
      const former = this.#former.has(kind) ? rowsOf(this.#main, part) : [];
      yield* merged(own === undefined ? [] : rowsOf(own, part), former);
    }
  }

  #isThere(kind: OwnTree): boolean {
    const entry = this.#main.getBinary(Buffer.from(entryOfTree(kind), "latin1"));
    if (entry === undefined) return false;
    const isWhole = entry.length === TREE_SIZE;
    if (isWhole && entry.readUInt16LE(TREE_AT.flags) === KEYS_ARE_BYTES) return true;
    // LMDB would order keys by what stands there.
    throw new StoreFault(
      "database-corrupt",
      `the entry of the tree ${nameOfTree(kind)} is damaged`,
    );
  }

  #open(kind: OwnTree): void {
    const options = {name: nameOfTree(kind), keyEncoding: "binary", encoding: "binary"} as const;
    this.#own[kind.charCodeAt(0)] = this.#main.openDB<Buffer, Buffer>(options);
  }

  #hasFormer(kind: OwnTree): boolean {
    const [start, end] = [kind, behind(kind)].map(key => Buffer.from(key, "latin1")) as [
      Buffer,
      Buffer,
    ];
    for (const _ of this.#main.getKeys({start, end, limit: 1})) return true;
    return false;
  }
}

function* rowsOf(tree: Tree, {from, to}: KeyRange): Generator<Row> {
  const start = Buffer.from(from, "latin1");
  const end = to === undefined ? {} : {end: Buffer.from(to, "latin1")};
  for (const {key, value} of tree.getRange({start, ...end})) {
    yield [key.toString("latin1"), new Uint8Array(value)];
  }
}

/** Both in order of keys; of a key that is in both the first one's. */
function* merged(one: Iterable<Row>, other: Iterable<Row>): Generator<Row> {
  const [a, b] = [one[Symbol.iterator](), other[Symbol.iterator]()];
  try {
    let [left, right] = [a.next(), b.next()];
    while (!left.done || !right.done) {
      if (right.done || (!left.done && left.value[0] <= right.value[0])) {
        if (!right.done && left.value[0] === right.value[0]) right = b.next();
        yield left.value as Row;
        left = a.next();
      } else {
        yield right.value;
        right = b.next();
      }
    }
  } finally {
    a.return?.();
    b.return?.();
  }
}

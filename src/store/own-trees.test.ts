import assert from "node:assert/strict";
import {copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, describe, test} from "node:test";
import fc from "fast-check";
import {open} from "lmdb";
import {type BinaryString, bytesToBinary, bytesToHex, unwrap} from "#base";
import {childBlock, genesisBlock, hash, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows, rowOf} from "./checked-rows.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {keys, SCHEMA_VERSION} from "./keys.ts";
import {layoutOf, ONE_TREE, raiseLayout} from "./layout-of-before.ts";
import {checkLmdbPages, salvageEntries} from "./lmdb-pages.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {MemoryStore} from "./memory-store.ts";
import {entryOfTree, OWN_TREES, ownTreeOf, segmentsOf} from "./own-trees.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-trees-"));
after(() => rmSync(folder, {recursive: true}));

/** As the store opens it, which else would not know the pages that it begins with. */
const openRaw = (path: string) =>
  open<Buffer, Buffer>({
    path,
    noSubdir: false,
    keyEncoding: "binary",
    encoding: "binary",
    overlappingSync: false,
  });
const rowsOf = (store: KeyValueStore) =>
  [...store.range({from: ""})].map(([key, value]) => [key, bytesToHex(value)]);

test("the parts of a range are all of it, in order, each in the tree of its keys", () => {
  const key = fc.string({
    unit: fc.constantFrom("b", "c", "d", "g", "h", "i", "w", "x", "\x00", "\xff"),
    maxLength: 3,
  });
  fc.assert(
    fc.property(key, fc.option(key, {nil: undefined}), fc.array(key), (from, to, some) => {
      const range = to === undefined ? {from} : {from, to};
      const isIn = (one: BinaryString, bounds: {from: BinaryString; to?: BinaryString}) =>
        one >= bounds.from && (bounds.to === undefined || one < bounds.to);
      const segments = [...segmentsOf(range)];
      for (const one of some) {
        const holding = segments.filter(segment => isIn(one, segment.range));
        assert.equal(holding.length, isIn(one, range) ? 1 : 0);
        for (const {tree} of holding) assert.equal(tree, ownTreeOf(one));
      }
      segments.reduce((end, {range: part}) => {
        assert.ok(end <= part.from);
        return part.to ?? "\xff\xff\xff\xff";
      }, "");
    }),
  );
});

describe("rows that are in the main tree still", () => {
  const path = join(folder, "former");
  const rows = new Map<string, Uint8Array>();
  for (let i = 0; i < 300; i++) {
    for (const kind of "bchsw") rows.set(kind + bytesToBinary(u32(i)), u32(i));
  }
  before(async () => {
    const raw = openRaw(path);
    for (const [key, value] of rows) void raw.put(Buffer.from(key, "latin1"), Buffer.from(value));
    await raw.close();
  });
  const expected = () =>
    [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, bytesToHex(value)]);

  test("are found, written over, removed and given in order with those that have moved", async () => {
    let store = unwrap(openLmdbStore(path));
    assert.deepEqual(rowsOf(store), expected());
    const [kept, changed, gone] = [3, 4, 5].map(i => `h${bytesToBinary(u32(i))}`) as [
      string,
      string,
      string,
    ];
    await store.write([
      [kept, rows.get(kept)],
      [changed, u32(99)],
      [gone, undefined],
      ["hnew", u32(7)],
    ]);
    rows.set(changed, u32(99)).set("hnew", u32(7)).delete(gone);
    assert.deepEqual(rowsOf(store), expected());
    assert.equal(store.get(gone), undefined);
    for (const [key, value] of rows) assert.deepEqual(store.get(key), value);
    const part = expected().filter(([key]) => key! >= kept && key! < gone);
    assert.deepEqual(
      [...store.range({from: kept, to: gone})].map(([key, value]) => [key, bytesToHex(value)]),
      part,
    );
    await store.close();
    store = unwrap(openLmdbStore(path));
    assert.deepEqual(rowsOf(store), expected());
    await store.close();
    assert.ok(unwrap(checkLmdbPages(join(path, "data.mdb"))).entries === rows.size);
  });

  test("have all moved when each was written again", async () => {
    const store = unwrap(openLmdbStore(path));
    const moving = [...rows].filter(([key]) => ownTreeOf(key) !== undefined);
    for (const row of moving) await store.write([row]);
    assert.deepEqual(rowsOf(store), expected());
    await store.close();
    const raw = openRaw(path);
    const left = [...raw.getKeys()].map(key => key.toString("latin1"));
    assert.deepEqual(
      left.filter(key => ownTreeOf(key) !== undefined),
      [],
    );
    assert.deepEqual(left.slice(0, OWN_TREES.length), OWN_TREES.map(entryOfTree));
    await raw.close();
  });
});

test("rows of this layout that stand in the main tree are moved when it is opened, wherever they came from", async () => {
  const path = join(folder, "left");
  await oneTree(path);
  const raw = openRaw(path);
  const schema = keys.meta("schema");
  await raw.put(
    Buffer.from(schema),
    Buffer.from(rowOf(schema, Uint8Array.of(SCHEMA_VERSION, 0, 0, 0))),
  );
  await raw.close();
  const store = unwrap(openLmdbStore(path));
  const before = rowsOf(store);
  await raiseLayout(store);
  assert.deepEqual(rowsOf(store), before);
  assert.deepEqual([...store.misplaced!(1)], []);
  await store.close();
  const after = openRaw(path);
  const left = [...after.getKeys()].filter(key => ownTreeOf(key.toString("latin1")) !== undefined);
  assert.deepEqual(left, []);
  await after.close();
});

test("a store that is being closed says of what was written that it was", async () => {
  const path = join(folder, "closing");
  const raw = openRaw(path);
  await raw.put(Buffer.from("h1"), Buffer.from(u32(1)));
  await raw.close();
  const store = unwrap(openLmdbStore(path));
  const written = [store.write([["h2", u32(2)]]), store.write([["c1", u32(3)]])];
  await store.close();
  await Promise.all(written);
});

test("of a row that is in both trees, its own counts", async () => {
  const path = join(folder, "both");
  const store = unwrap(openLmdbStore(path));
  await store.write([["h1", u32(1)]]);
  await store.close();
  const raw = openRaw(path);
  await raw.put(Buffer.from("h1"), Buffer.from(u32(2)));
  await raw.close();
  const opened = unwrap(openLmdbStore(path));
  assert.deepEqual(opened.get("h1"), u32(1));
  assert.deepEqual(rowsOf(opened), [["h1", bytesToHex(u32(1))]]);
  await opened.close();
});

/** What is kept of a chain that was made in memory, as a layout before the fourth had it: all in one tree. */
async function oneTree(path: string): Promise<void> {
  const store = new MemoryStore();
  const rows = new CheckedRows(store);
  await ChainStore.begin(rows, genesisBlock(), hash);
  const chain = ChainStore.over(rows, hash);
  for (let i = 0; i < 6; i++) {
    const block = childBlock(chain.best, chain.stateAt(chain.best.hash)!);
    unwrap(chain.commit(block, {best: true}));
  }
  await chain.flushed();
  await store.write([1, 2, 3].map(place => [keys.value(place), new Uint8Array(40).fill(place)]));
  const raw = openRaw(path);
  for (const [key, row] of store.range({from: ""})) {
    const isSchema = key === keys.meta("schema");
    const value = isSchema ? rowOf(key, Uint8Array.of(ONE_TREE, 0, 0, 0)) : row;
    void raw.put(Buffer.from(key, "latin1"), Buffer.from(value));
  }
  await raw.close();
}

test("whoever is killed while rows move goes on; a damaged row stays damaged, and none is lost", async () => {
  const first = join(folder, "one-tree");
  await oneTree(first);
  const before = unwrap(openLmdbStore(first));
  assert.equal(layoutOf(before), ONE_TREE);
  const damagedKey = keys.canonical(2);
  const damagedRow = before.get(damagedKey)!.slice();
  damagedRow[5]! ^= 1;
  await before.write([[damagedKey, damagedRow]]);
  const expected = rowsOf(before).filter(([key]) => key !== keys.meta("schema"));
  await before.close();
  for (let writes = 0; ; writes++) {
    const path = join(folder, `killed-${writes}`);
    mkdirSync(path);
    copyFileSync(join(first, "data.mdb"), join(path, "data.mdb"));
    let store = unwrap(openLmdbStore(path));
    let left = writes;
    const write = store.write.bind(store);
    store.write = async batch => {
      if (left-- === 0) throw new Error("killed");
      await write(batch);
    };
    const wasKilled = await raiseLayout(store, undefined, 100).then(
      () => false,
      () => true,
    );
    assert.equal(
      layoutOf(store),
      !wasKilled ? SCHEMA_VERSION : writes === 0 ? ONE_TREE : 100 + ONE_TREE,
    );
    await store.close();
    store = unwrap(openLmdbStore(path));
    await raiseLayout(store, undefined, 150);
    assert.equal(layoutOf(store), SCHEMA_VERSION);
    assert.deepEqual(
      rowsOf(store).filter(([key]) => key !== keys.meta("schema")),
      expected,
    );
    assert.throws(() => new CheckedRows(store).get(damagedKey), /checksum/);
    await store.close();
    if (wasKilled) continue;
    assert.ok(writes > 5, `${writes} writes`);
    return;
  }
});

describe("the entry of a tree", () => {
  const path = join(folder, "entries");
  const file = join(path, "data.mdb");
  const copy = join(folder, "entries.mdb");
  before(async () => {
    const store = unwrap(openLmdbStore(path));
    const row = (kind: string, i: number) => [kind + bytesToBinary(hash(u32(i))), u32(i)] as const;
    for (const kind of "bchw") {
      await store.write(Array.from({length: 500}, (_, i) => row(kind, i)));
    }
    await store.write([row("w", 1)]);
    await store.close();
  });

  const salvaged = (): Set<string> => {
    const found = new Set<string>();
    unwrap(salvageEntries(copy, key => found.add(key.toString("latin1"))));
    return found;
  };

  test("is damage whatever is changed in it; what of it can be read is saved", async () => {
    const sound = readFileSync(file);
    assert.equal(unwrap(checkLmdbPages(file)).entries, 2_000);
    for (const kind of OWN_TREES) {
      const name = entryOfTree(kind);
      const at = entryOfLast(sound, name);
      const NODE = 8;
      for (let i = at - NODE; i < at + name.length + 48; i++) {
        for (const difference of [0x02, 0x41]) {
          const bytes = Buffer.from(sound);
          bytes[i]! ^= difference;
          writeFileSync(copy, bytes);
          const what = `byte ${i - at} of ${name} by ${difference}`;
          assert.equal(checkLmdbPages(copy).ok, false, what);
          const saved = salvaged();
          assert.ok(![...saved].some(key => key.startsWith("!")), what);
          assert.ok(saved.size === 2_000, `${what}: ${saved.size}`);
        }
      }
      const deep = Buffer.from(sound);
      deep.writeUInt16LE(9, at + name.length + 6);
      writeFileSync(copy, deep);
      assert.equal(salvaged().size, 2_000);
    }
  });

  test("is none within another tree, nor is a row of another kind", async () => {
    for (const [key, value] of [
      [entryOfTree("c"), new Uint8Array(48)],
      ["b1", u32(1)],
    ] as const) {
      const crafted = join(folder, `crafted-${key.length}`);
      mkdirSync(crafted);
      copyFileSync(file, join(crafted, "data.mdb"));
      const raw = openRaw(crafted);
      const own = raw.openDB<Buffer, Buffer>({
        name: "!w",
        keyEncoding: "binary",
        encoding: "binary",
      });
      await own.put(Buffer.from(key, "latin1"), Buffer.from(value));
      await raw.close();
      copyFileSync(join(crafted, "data.mdb"), copy);
      const checked = checkLmdbPages(copy);
      assert.match(checked.ok ? "" : checked.error, /of another tree/);
      assert.equal(salvaged().has(entryOfTree("c")), false);
    }
  });

  test("that leads nowhere takes nothing with it that the commit before has", () => {
    const bytes = readFileSync(file);
    const root = Number(bytes.readBigUInt64LE(entryOfLast(bytes, entryOfTree("w")) + 3 + 40));
    bytes.fill(0, root * 4_096, (root + 1) * 4_096);
    writeFileSync(copy, bytes);
    assert.equal(checkLmdbPages(copy).ok, false);
    assert.equal(salvaged().size, 2_000);
  });

  test("that says another order of keys is refused before the rows are looked for", () => {
    const damaged = join(folder, "order");
    mkdirSync(damaged);
    const bytes = readFileSync(file);
    const name = entryOfTree("w");
    for (const at of entriesOf(bytes, name)) bytes.writeUInt16LE(8, at + name.length + 4);
    writeFileSync(join(damaged, "data.mdb"), bytes);
    const opened = openLmdbStore(damaged);
    assert.ok(!opened.ok && opened.error.code === "database-corrupt");
  });
});

/** Where the keys of a name stand in a file. */
function entriesOf(bytes: Buffer, name: string): number[] {
  const found: number[] = [];
  for (
    let at = bytes.indexOf(name, 0, "latin1");
    at >= 0;
    at = bytes.indexOf(name, at + 1, "latin1")
  )
    found.push(at);
  return found;
}

/** Of them the one that counts: the others are of pages that are free. A page says at its eighth byte which commit wrote it. */
function entryOfLast(bytes: Buffer, name: string): number {
  const commitOf = (at: number) => Number(bytes.readBigUInt64LE(at - (at % 4_096) + 8));
  return entriesOf(bytes, name).reduce((a, b) => (commitOf(b) > commitOf(a) ? b : a));
}

import assert from "node:assert/strict";
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {open} from "lmdb";
import {bytesToBinary, seededRandom, unwrap} from "#base";
import {hash, u32} from "./chain-for-tests.ts";
import {newestMeta} from "./lmdb-file.ts";
import {checkLmdbPages, salvageEntries} from "./lmdb-pages.ts";
import {openLmdbStore} from "./lmdb-store.ts";

const PAGE = 4_096;
const folder = mkdtempSync(join(tmpdir(), "khala-pages-"));
const file = join(folder, "data.mdb");
after(() => rmSync(folder, {recursive: true}));

/** Keys that are spread, values short and long, and pages that became free. */
before(async () => {
  const store = unwrap(openLmdbStore(folder));
  const random = seededRandom(3);
  for (let round = 0; round < 20; round++) {
    await store.write(
      Array.from({length: 200}, (_, i) => {
        const key = bytesToBinary(hash(u32(Math.floor(random() * 2_000))));
        const size = random() < 0.05 ? 10_000 : 100;
        return [key, i % 4 === 0 ? undefined : new Uint8Array(size).fill(round)] as const;
      }),
    );
  }
  await store.close();
});

test("a sound file is followed to its end", () => {
  const {pages, entries} = unwrap(checkLmdbPages(file));
  assert.ok(entries > 500, `${entries} entries`);
  assert.ok(pages > 50 && pages <= readFileSync(file).length / PAGE, `${pages} pages`);
});

test("an empty file has nothing to be followed", () => {
  const empty = join(folder, "empty.mdb");
  writeFileSync(empty, "");
  assert.deepEqual(unwrap(checkLmdbPages(empty)), {pages: 0, entries: 0});
});

/** What the two numbers at the end of a page's header, and where its entries begin, are by the page's own account. */
const FIELDS = [0, 8, 18, 20, 22, 24];

test("whatever field of a page in use is changed, it is said which page", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "copy.mdb");
  copyFileSync(file, copy);
  let found = 0;
  let tried = 0;
  for (let page = 2; page < sound.length / PAGE; page += 3) {
    for (const field of FIELDS) {
      const descriptor = openSync(copy, "r+");
      const at = page * PAGE + field;
      writeSync(descriptor, Uint8Array.of(sound[at]! ^ 0x40, sound[at + 1]! ^ 0x40), 0, 2, at);
      const checked = checkLmdbPages(copy);
      writeSync(descriptor, sound, at, 2, at);
      closeSync(descriptor);
      tried++;
      if (checked.ok) continue;
      assert.match(checked.error, /page \d+ /);
      found++;
    }
  }
  // The rest are pages that are free, or the later ones of long values.
  assert.ok(found > tried / 5, `${found} of ${tried}`);
  assert.ok(checkLmdbPages(copy).ok);
});

/** A page begins with a header; an entry with its size, flags and the size of its key. */
const HEADER = 24;
const ENTRY = 8;
const META_SIZE = 168;

/** Where the entries of the lists of free pages begin in the file: their keys are numbers of eight bytes, all others are hashes. */
function* entriesOfFreePages(bytes: Buffer): Generator<number> {
  for (let page = 2 * PAGE; page < bytes.length; page += PAGE) {
    if (bytes.readUInt16LE(page + 18) !== 2) continue;
    for (let i = 0; i < bytes.readUInt16LE(page + 20) / 2; i++) {
      const at = page + HEADER + bytes.readUInt16LE(page + HEADER + i * 2);
      if (bytes.readUInt16LE(at + 6) === 8) yield at;
    }
  }
}

test("whatever is changed in a list of free pages, it is said that it is damaged, or nothing", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "free.mdb");
  copyFileSync(file, copy);
  const descriptor = openSync(copy, "r+");
  let found = 0;
  for (const at of entriesOfFreePages(sound)) {
    // The entry's own beginning, its key, how many pages are listed and the first of them.
    for (let i = at; i < at + ENTRY + 24; i++) {
      for (const difference of [1, 8, 0x40, 0x80]) {
        writeSync(descriptor, Uint8Array.of(sound[i]! ^ difference), 0, 1, i);
        if (!checkLmdbPages(copy).ok) found++;
        writeSync(descriptor, sound, i, 1, i);
      }
    }
  }
  closeSync(descriptor);
  assert.ok(found > 100, `${found} found`);
});

/** What would be read of a file: whose commit. */
function read(copy: string): bigint | undefined {
  const descriptor = openSync(copy, "r");
  const newest = newestMeta(descriptor);
  closeSync(descriptor);
  return newest.ok ? newest.value.transaction : undefined;
}

function salvaged(copy: string): string {
  const entries: string[] = [];
  unwrap(
    salvageEntries(copy, (key, value) => entries.push(`${key.toString("hex")} ${value.length}`)),
  );
  return entries.join();
}

/** Of the number of the last commit in a page that begins a file. */
const NUMBER_AT = 152;

test("a changed number of one of the last two commits never brings back the one before, whichever it becomes", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "number.mdb");
  copyFileSync(file, copy);
  const newest = read(copy)!;
  const whole = salvaged(copy);
  const descriptor = openSync(copy, "r+");
  for (const page of [0, PAGE]) {
    const number = sound.readBigUInt64LE(page + NUMBER_AT);
    for (const other of [
      0n,
      1n,
      ...[1n, 2n, 3n, 4n].flatMap(n => [newest - n, newest + n]),
      1n << 40n,
    ]) {
      if (other === number) continue;
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(other);
      writeSync(descriptor, bytes, 0, 8, page + NUMBER_AT);
      const name = `${number} became ${other}`;
      assert.equal(checkLmdbPages(copy).ok, false, name);
      assert.equal(salvaged(copy), whole, name);
      writeSync(descriptor, sound, page + NUMBER_AT, 8, page + NUMBER_AT);
    }
  }
  closeSync(descriptor);
  assert.ok(checkLmdbPages(copy).ok);
});

test("whatever is changed in the pages that begin a file, it is said that it is damaged, or it is read as before", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "meta.mdb");
  copyFileSync(file, copy);
  const newest = read(copy);
  const descriptor = openSync(copy, "r+");
  let found = 0;
  for (const page of [0, PAGE]) {
    for (let at = page; at < page + META_SIZE; at++) {
      for (const difference of [1, 0x80]) {
        writeSync(descriptor, Uint8Array.of(sound[at]! ^ difference), 0, 1, at);
        if (!checkLmdbPages(copy).ok) found++;
        else assert.equal(read(copy), newest, `byte ${at} by ${difference}`);
        salvageEntries(copy, () => {});
        writeSync(descriptor, sound, at, 1, at);
      }
    }
  }
  closeSync(descriptor);
  assert.ok(found > 100, `${found} found`);
});

/** Of the size of pages and the number of the last one, in a page that begins a file; of the main tree its depth and root. */
const PAGE_SIZE_AT = 48;
const LAST_PAGE_AT = 144;
const DEPTH_AT = 102;
const ROOT_AT = 136;

test("sizes and numbers beyond any file are damage, take no room, and keep nobody from saving what there is", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "beyond.mdb");
  const number = (value: bigint, size: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    return bytes.subarray(0, size);
  };
  const changes: [string, number, Buffer, boolean][] = [
    ["last page", LAST_PAGE_AT, number(1n << 40n, 8), true],
    ["last page", LAST_PAGE_AT, number(1n << 63n, 8), true],
    ["page size", PAGE_SIZE_AT, number(1n << 26n, 4), false],
    ["page size", PAGE_SIZE_AT, number(1n << 31n, 4), false],
  ];
  copyFileSync(file, copy);
  const whole = salvaged(copy);
  for (const [name, at, bytes, isSaved] of changes) {
    const changed = Buffer.from(sound);
    for (const page of [0, PAGE]) bytes.copy(changed, page + at);
    writeFileSync(copy, changed);
    assert.equal(checkLmdbPages(copy).ok, false, name);
    const saved = salvageEntries(copy, () => undefined);
    assert.equal(saved.ok, isSaved, name);
    if (name === "last page") assert.equal(salvaged(copy), whole);
  }
});

test("a tree as deep as no file's is not followed to its end", () => {
  const copy = join(folder, "deep.mdb");
  const [size, pages] = [256, 20_000];
  const bytes = Buffer.alloc(size * (2 + pages));
  for (const meta of [0, size]) {
    readFileSync(file).copy(bytes, meta, 0, META_SIZE);
    bytes.writeUInt32LE(size, meta + PAGE_SIZE_AT);
    bytes.writeBigUInt64LE(BigInt(pages + 1), meta + LAST_PAGE_AT);
    bytes.writeBigUInt64LE(2n, meta + ROOT_AT);
  }
  // Each is a branch with one entry, which leads to the next.
  for (let page = 2; page < 2 + pages; page++) {
    const at = page * size;
    bytes.writeBigUInt64LE(BigInt(page), at);
    for (const [field, value] of [
      [18, 1],
      [20, 2],
      [22, 100],
      [24, 100],
    ] as const) {
      bytes.writeUInt16LE(value, at + field);
    }
    bytes.writeUInt32LE(page + 1, at + HEADER + 100);
  }
  for (const [depth, words] of [
    [3, /deeper than any/],
    [60_000, /60000 pages deep/],
  ] as const) {
    for (const meta of [0, size]) bytes.writeUInt16LE(depth, meta + DEPTH_AT);
    writeFileSync(copy, bytes);
    assert.equal(checkLmdbPages(copy).ok, false);
    const passed = unwrap(salvageEntries(copy, () => assert.fail("there is no entry")));
    assert.match(passed.join(), words);
  }
});

test("an entry that is damaged takes nothing with it of the one before", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "entry.mdb");
  const root = Number(sound.readBigUInt64LE(newestPage(sound) * PAGE + ROOT_AT));
  const count = sound.readUInt16LE(root * PAGE + 20) / 2;
  assert.ok(count > 4);
  const lost = (damaged: number): number => {
    const bytes = Buffer.from(sound);
    bytes.writeUInt16LE(PAGE, root * PAGE + HEADER + damaged * 2);
    writeFileSync(copy, bytes);
    return salvaged(copy).split(",").length;
  };
  copyFileSync(file, copy);
  const all = salvaged(copy).split(",").length;
  // Each takes with it what hangs on it, and nothing else.
  const [second, third] = [all - lost(1), all - lost(2)];
  const below = (index: number): number => leafEntries(sound, childOf(sound, root, index));
  assert.deepEqual([second, third], [below(1), below(2)]);
});

const newestPage = (bytes: Buffer): number =>
  bytes.readBigUInt64LE(NUMBER_AT) > bytes.readBigUInt64LE(PAGE + NUMBER_AT) ? 0 : 1;

function childOf(bytes: Buffer, page: number, index: number): number {
  const at = page * PAGE + HEADER + bytes.readUInt16LE(page * PAGE + HEADER + index * 2);
  return bytes.readUInt32LE(at);
}

function leafEntries(bytes: Buffer, page: number): number {
  const count = bytes.readUInt16LE(page * PAGE + 20) / 2;
  if (bytes.readUInt16LE(page * PAGE + 18) === 2) return count;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += leafEntries(bytes, childOf(bytes, page, i));
  return sum;
}

/** Of the page that the entries of the last commit begin at, and of the one that leads there, by a name. */
const DAMAGES_OF_THE_LAST: Record<string, (bytes: Buffer, meta: number, root: number) => void> = {
  "its list": (bytes, _, root) => void bytes.fill(0, root + 18, root + HEADER),
  "its body": (bytes, _, root) => void bytes.fill(0, root + HEADER, root + PAGE),
  "its own number": (bytes, _, root) => void bytes.writeUInt8(bytes[root]! ^ 0x40, root),
  "all of it": (bytes, _, root) => void bytes.fill(0, root, root + PAGE),
  "the depth": (bytes, meta) => void bytes.writeUInt16LE(9, meta + DEPTH_AT),
  "where it is": (bytes, meta) => void bytes.writeBigUInt64LE(5n, meta + ROOT_AT),
  "that it is": (bytes, meta) => void bytes.fill(0xff, meta + ROOT_AT, meta + ROOT_AT + 8),
};

test("where the last commit cannot be reached, what was there before it is saved", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "unreached.mdb");
  copyFileSync(file, copy);
  const whole = salvaged(copy).split(",").length;
  const meta = newestPage(sound) * PAGE;
  const root = Number(sound.readBigUInt64LE(meta + ROOT_AT)) * PAGE;
  for (const [name, damage] of Object.entries(DAMAGES_OF_THE_LAST)) {
    const bytes = Buffer.from(sound);
    damage(bytes, meta, root);
    writeFileSync(copy, bytes);
    assert.equal(checkLmdbPages(copy).ok, false, name);
    const saved = salvaged(copy).split(",").length;
    assert.ok(saved > whole * 0.8, `${name}: ${saved} of ${whole}`);
  }
});

test("what the last commit removed is no loss: where a page that both have is damaged, it is not undone", async () => {
  const removed = join(folder, "removed");
  const store = unwrap(openLmdbStore(removed));
  const keyOf = (i: number) => `b${String.fromCharCode(i >> 8, i & 0xff)}`;
  await store.write(Array.from({length: 1_000}, (_, i) => [keyOf(i), new Uint8Array(200)]));
  await store.write(Array.from({length: 150}, (_, i) => [keyOf(849 + i), undefined]));
  await store.close();
  const bytes = readFileSync(join(removed, "data.mdb"));
  const key = Buffer.from(keyOf(100), "latin1");
  for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1))
    bytes[at - 4]! ^= 0x40;
  const copy = join(folder, "removed.mdb");
  writeFileSync(copy, bytes);
  assert.equal(checkLmdbPages(copy).ok, false);
  assert.equal(salvaged(copy).split(",").length, 849);
});

test("where a number and a page of both commits are damaged, what is saved is of the last one", () => {
  const sound = readFileSync(file);
  const copy = join(folder, "both.mdb");
  const meta = newestPage(sound) * PAGE;
  const root = Number(sound.readBigUInt64LE(meta + ROOT_AT));
  const leaf = childOf(sound, root, 1) * PAGE;
  const last = sound.readBigUInt64LE(meta + NUMBER_AT);
  const withLeaf = Buffer.from(sound);
  withLeaf.fill(0, leaf, leaf + PAGE);
  writeFileSync(copy, withLeaf);
  const expected = salvaged(copy);
  const numbers = [0n, last - 2n, last - 5n, last + 2n, 1n << 40n];
  for (const at of [meta + NUMBER_AT, root * PAGE + 8]) {
    for (const number of numbers) {
      // The page and what leads to it then tell of two commits that both could be.
      if (at !== meta + NUMBER_AT && number === last - 2n) continue;
      const bytes = Buffer.from(withLeaf);
      bytes.writeBigUInt64LE(number, at);
      writeFileSync(copy, bytes);
      assert.equal(salvaged(copy), expected, `${number} at ${at}`);
    }
  }
});

test("a number that makes the last commit the one before is seen without a walk, and a compacted copy is sound", async () => {
  const sound = readFileSync(file);
  const copy = join(folder, "unwalked.mdb");
  const meta = newestPage(sound) * PAGE;
  const bytes = Buffer.from(sound);
  bytes.writeBigUInt64LE(sound.readBigUInt64LE(meta + NUMBER_AT) - 2n, meta + NUMBER_AT);
  writeFileSync(copy, bytes);
  assert.equal(read(copy), undefined);
  const from = open({path: folder, noSubdir: false, keyEncoding: "binary", encoding: "binary"});
  const compacted = join(folder, "compacted");
  mkdirSync(compacted);
  await from.backup(compacted, true);
  await from.close();
  const made = unwrap(checkLmdbPages(join(compacted, "data.mdb")));
  assert.equal(made.entries, unwrap(checkLmdbPages(file)).entries);
});

test("a file that was cut off within its pages is damaged", () => {
  const cut = join(folder, "cut.mdb");
  writeFileSync(cut, readFileSync(file).subarray(0, 20 * PAGE));
  assert.equal(checkLmdbPages(cut).ok, false);
});

import assert from "node:assert/strict";
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {unwrap} from "#base";
import {childBlock, genesisBlock, hash, u32} from "../chain-for-tests.ts";
import type {ChainStore} from "../chain-store.ts";
import {ANY_OWN, rowOf} from "../checked-rows.ts";
import {describeOpenFailure} from "../failures.ts";
import {inspectChain} from "../inspect-chain.ts";
import {keys} from "../keys.ts";
import {chainFolders, databaseFile, lmdbFolder} from "../layout.ts";
import {checkLmdbPages} from "../lmdb-pages.ts";
import {openLmdbStore} from "../lmdb-store.ts";
import {type OpenedChain, openChainStore} from "../open-chain-store.ts";
import {checkOnDisk} from "./check-on-disk.ts";
import {sourceOf} from "./damaged-chain-for-tests.ts";
import type {RepairSource} from "./repair-source.ts";

const PAGE = 4_096;
const folder = mkdtempSync(join(tmpdir(), "khala-check-"));
const genesis = genesisBlock();
const open = async (name: string): Promise<OpenedChain> =>
  unwrap(
    await openChainStore(
      chainFolders(join(folder, name), "test"),
      {hash: genesis.hash, build: () => genesis},
      hash,
    ),
  );

let whole: OpenedChain;
let source: RepairSource;
after(async () => {
  await whole.close();
  rmSync(folder, {recursive: true});
});

before(async () => {
  const {store, close} = await open("sound");
  for (let i = 1; i <= 30; i++) {
    unwrap(store.commit(childBlock(store.best, store.stateAt(store.best.hash)!), {best: true}));
    if (i % 4 === 0) unwrap(store.finalize(store.best.hash, u32(i)));
    if (i % 5 === 0) await store.flushed();
  }
  await close();
  cpSync(join(folder, "sound"), join(folder, "whole"), {recursive: true});
  whole = await open("whole");
  source = sourceOf(whole.store);
});

/** A copy with some of its bytes changed. */
function damagedCopy(name: string, change: (bytes: Buffer) => void) {
  cpSync(join(folder, "sound"), join(folder, name), {recursive: true});
  const folders = chainFolders(join(folder, name), "test");
  const bytes = readFileSync(databaseFile(folders));
  change(bytes);
  writeFileSync(databaseFile(folders), bytes);
  return folders;
}

/** `from`: the lowest block of which it is known that pruning did not take its body. */
function assertSame(store: ChainStore, from = 0): void {
  assert.deepEqual(store.best, whole.store.best);
  for (let number = 0; number <= store.best.number; number++) {
    const block = whole.store.blocks.canonical(number)!;
    assert.deepEqual(store.blocks.canonical(number), block);
    const body = store.blocks.body(block);
    if (body === undefined && number < from) continue;
    from = 0;
    assert.deepEqual(body, whole.store.blocks.body(block));
    const [state, wanted] = [store.stateAt(block)!, whole.store.stateAt(block)!];
    assert.deepEqual([...state.entries()], [...wanted.entries()]);
  }
}

test("a sound database is found sound, and a folder without one is told apart", async () => {
  const folders = damagedCopy("copy", () => {});
  const {pages, checked} = unwrap(await checkOnDisk(folders, hash, {repair: false}))!;
  assert.equal(pages, undefined);
  assert.deepEqual(checked!.damages, []);
  const none = chainFolders(join(folder, "none"), "test");
  assert.equal(unwrap(await checkOnDisk(none, hash, {repair: true})), undefined);
});

test("a page of nothing is named; what it held is saved, fetched or named, and the damaged file is kept", async () => {
  const sound = readFileSync(databaseFile(chainFolders(join(folder, "sound"), "test")));
  let repaired = 0;
  let lists = 0;
  const some = Array.from({length: sound.length / PAGE}, (_, page) => page);
  const isOfList = (page: number) =>
    sound.subarray(page * PAGE, (page + 1) * PAGE).includes("mnames");
  for (const page of some.filter(page => page > 1 && (page % 9 === 2 || isOfList(page)))) {
    const name = `page-${page}`;
    const folders = damagedCopy(name, bytes => bytes.fill(0, page * PAGE, (page + 1) * PAGE));
    if (checkLmdbPages(databaseFile(folders)).ok) continue;
    const first = unwrap(await checkOnDisk(folders, hash, {repair: false}))!;
    assert.match(first.pages!, new RegExp(`page ${page} `));
    const mended = await checkOnDisk(folders, hash, {repair: true, source});
    const {salvaged, checked} = unwrap(mended)!;
    assert.ok(existsSync(salvaged!.aside));
    // What the node alone knew, and the list of that, may have been on it.
    const left = checked!.damages.filter(damage => !("key" in damage && damage.key === ANY_OWN));
    assert.deepEqual(left, []);
    if (checked!.damages.length > 0) {
      // With it went how far pruning came: the lowest bodies, where they were on the same page, may be such as it took.
      const looked = await inspectChain(folders, hash, chain => assertSame(chain, 10));
      assert.ok(looked.ok);
      lists++;
      continue;
    }
    const opened = await open(name);
    assertSame(opened.store);
    await opened.close();
    repaired++;
  }
  assert.ok(repaired > 3, `${repaired} repaired`);
  assert.ok(lists > 0);
});

test("a damaged one of a layout to come stays where it is", async () => {
  const folders = damagedCopy("to-come", () => {});
  const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
  const schema = keys.meta("schema");
  await raw.write([[schema, rowOf(schema, Uint8Array.of(99, 0, 0, 0))]]);
  await raw.close();
  const bytes = readFileSync(databaseFile(folders));
  // A page of headers: the row that says the layout is on another one.
  const header = bytes.indexOf(Buffer.from(keys.block(genesis.hash), "latin1"));
  bytes.fill(0, header - (header % PAGE), header - (header % PAGE) + PAGE);
  writeFileSync(databaseFile(folders), bytes);
  assert.equal(checkLmdbPages(databaseFile(folders)).ok, false);
  const refused = await checkOnDisk(folders, hash, {repair: true, source});
  assert.ok(!refused.ok && refused.error.code === "schema-unknown");
  assert.deepEqual(readFileSync(databaseFile(folders)), bytes);
  assert.equal(existsSync(`${lmdbFolder(folders)}.damaged-1`), false);
});

test("who only looks at one whose pages are damaged is told, and ended by nothing", async () => {
  const sound = readFileSync(databaseFile(chainFolders(join(folder, "sound"), "test")));
  let refused = 0;
  for (let page = 4; page < sound.length / PAGE; page += 17) {
    const folders = damagedCopy(`look-${page}`, bytes =>
      bytes.fill(0, page * PAGE, (page + 1) * PAGE),
    );
    if (checkLmdbPages(databaseFile(folders)).ok) continue;
    const looked = await inspectChain(folders, hash, chain => chain.best.number);
    assert.equal(!looked.ok && looked.error.code, "database-corrupt");
    refused++;
  }
  assert.ok(refused > 0);
});

test("where the pages that lead to all others are damaged, what helps is no other check", async () => {
  const folders = damagedCopy("headless", bytes => bytes.fill(0, 0, 2 * PAGE));
  const found = unwrap(await checkOnDisk(folders, hash, {repair: false}))!;
  assert.equal(found.isBeyondRepair, true);
  const before = readFileSync(databaseFile(folders));
  const mended = await checkOnDisk(folders, hash, {repair: true, source});
  assert.ok(!mended.ok);
  assert.match(
    describeOpenFailure(mended.error),
    /do +restore the file from a copy; or khala purge-chain/,
  );
  assert.deepEqual(readFileSync(databaseFile(folders)), before);
});

test("a database that is empty where a chain was begun is told from one that never was", async () => {
  for (const repair of [false, true]) {
    const folders = damagedCopy(`empty-${repair}`, () => {});
    rmSync(lmdbFolder(folders), {recursive: true});
    await unwrap(openLmdbStore(lmdbFolder(folders))).close();
    const found = await checkOnDisk(folders, hash, {repair});
    assert.equal(!found.ok && found.error.code, "database-missing");
    rmSync(folders.marker);
    assert.equal(unwrap(await checkOnDisk(folders, hash, {repair})), undefined);
  }
});

test("a chain whose own values are lost with the list of them opens for who looks, and is run by nobody", async () => {
  const folders = damagedCopy("listless", () => {});
  const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
  await raw.write([...raw.range({from: "m", to: "n"})].map(([key]) => [key, undefined]));
  await raw.close();
  const {notes} = unwrap(await checkOnDisk(folders, hash, {repair: true}))!;
  assert.match(notes.join(), /what is to be kept was lost/);
  assert.ok((await inspectChain(folders, hash, chain => assertSame(chain))).ok);
  const opened = await openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash);
  assert.ok(!opened.ok && opened.error.code === "database-corrupt");
  assert.match(
    describeOpenFailure(opened.error),
    /its votes among them[\s\S]+do +restore the file from a copy/,
  );
});

test("one that is in use is not checked", async () => {
  const found = await checkOnDisk(chainFolders(join(folder, "whole"), "test"), hash, {
    repair: false,
  });
  assert.equal(!found.ok && found.error.code, "database-locked");
});

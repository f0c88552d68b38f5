import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {after, test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {childBlock, genesisBlock, hash, NUMBER_KEY, u32} from "./chain-for-tests.ts";
import {checkOnDisk} from "./check/index.ts";
import {compactOnDisk} from "./compact-database.ts";
import {describeOpenFailure, type OpenFailure} from "./failures.ts";
import {checkFreeSpace} from "./free-space.ts";
import {inspectChain} from "./inspect-chain.ts";
import {keys} from "./keys.ts";
import {type ChainFolders, chainFolders, databaseFile, lmdbFolder} from "./layout.ts";
import {ONE_TREE} from "./layout-of-before.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {openChainStore} from "./open-chain-store.ts";
import {purgeChain} from "./purge.ts";

const root = mkdtempSync(join(tmpdir(), "khala-open.dotted-"));
after(() => rmSync(root, {recursive: true}));
let bases = 0;
const freshBase = () => join(root, `base.${bases++}`);
const genesis = genesisBlock();

function open(folders: ChainFolders, block = genesis) {
  return openChainStore(folders, {hash: block.hash, build: () => block}, hash);
}

async function failureOf(folders: ChainFolders, block = genesis): Promise<OpenFailure> {
  const opened = await open(folders, block);
  assert.ok(!opened.ok);
  assert.match(describeOpenFailure(opened.error), new RegExp(`^${opened.error.code}: .*\n`));
  return opened.error;
}

/** A chain of some blocks, closed. */
async function writtenChain(base = freshBase()): Promise<ChainFolders> {
  const folders = chainFolders(base, "test");
  const {store, close} = unwrap(await open(folders));
  for (let i = 0; i < 50; i++) {
    unwrap(store.commit(childBlock(store.best, store.stateAt(store.best.hash)!), {best: true}));
  }
  await close();
  return folders;
}

test("a chain goes on where it was closed", async () => {
  const folders = await writtenChain();
  const {store, close} = unwrap(await open(folders));
  assert.equal(store.best.number, 50);
  const next = childBlock(store.best, store.stateAt(store.best.hash)!);
  unwrap(store.commit(next, {best: true}));
  assert.deepEqual(store.stateAt(next.hash)?.get(NUMBER_KEY), u32(51));
  await close();
});

test("a second opening is refused with the process that has it", async () => {
  const folders = chainFolders(freshBase(), "test");
  const {close} = unwrap(await open(folders));
  const failure = await failureOf(folders);
  assert.ok(failure.code === "database-locked" && failure.pid === process.pid);
  await close();
});

test("a database of another chain is refused with both genesis hashes", async () => {
  const folders = await writtenChain();
  const other = genesisBlock(1);
  assert.deepEqual(await failureOf(folders, other), {
    code: "genesis-mismatch",
    file: join(lmdbFolder(folders), "data.mdb"),
    found: bytesToHex(genesis.hash),
    expected: bytesToHex(other.hash),
  });
  await unwrap(await open(folders)).close();
});

test("a database of another layout is refused", async () => {
  const folders = await writtenChain();
  const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
  await raw.write([[keys.meta("schema"), u32(99)]]);
  await raw.close();
  const failure = await failureOf(folders);
  assert.ok(failure.code === "schema-unknown" && failure.found === 99);
  assert.match(describeOpenFailure(failure), /purge-chain/);
  const looked = await inspectChain(folders, hash, chain => chain.best);
  assert.ok(!looked.ok && looked.error.code === "schema-unknown");
});

test("who works on a database of a layout of before is told that a node goes on with it", async () => {
  const folders = await writtenChain();
  // As it was, and as one is that was killed while it was brought into the present layout.
  for (const found of [ONE_TREE, 100 + ONE_TREE]) {
    const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
    await raw.write([[keys.meta("schema"), u32(found)]]);
    await raw.close();
    for (const worked of [
      await compactOnDisk(folders),
      await checkOnDisk(folders, hash, {repair: false}),
    ]) {
      assert.ok(!worked.ok && worked.error.code === "schema-unknown");
      assert.equal(worked.error.found, ONE_TREE);
      assert.match(describeOpenFailure(worked.error), /start the node on it once/);
    }
  }
  // A repair brings it there itself: a node would refuse what it is to mend.
  const {checked} = unwrap(await checkOnDisk(folders, hash, {repair: true}))!;
  assert.deepEqual(checked!.damages, []);
  assert.ok(unwrap(await compactOnDisk(folders)), "it is of this layout before a node opens it");
  await unwrap(await open(folders)).close();
  // The row that says which layout it is may be what is damaged.
  const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
  await raw.write([[keys.meta("schema"), new Uint8Array(8)]]);
  await raw.close();
  const {mended} = unwrap(await checkOnDisk(folders, hash, {repair: true}))!;
  assert.equal(mended.length, 1);
  await unwrap(await open(folders)).close();
});

test("a damaged database file is refused by name, and ends nobody's process", async () => {
  const damages: Record<string, (file: string, size: number) => void> = {
    "garbage instead of it": (file, size) => writeFileSync(file, Buffer.alloc(size, 0xab)),
    "a text instead of it": file => writeFileSync(file, "not a database"),
    "first page gone": file => overwrite(file, 0, 4_096),
    "second page gone": file => overwrite(file, 4_096, 4_096),
    "cut in half": (file, size) => truncateSync(file, size >> 1),
    "cut to one page": file => truncateSync(file, 4_096),
    "everything after the head gone": (file, size) => overwrite(file, 8_192, size - 8_192),
  };
  for (const [name, damage] of Object.entries(damages)) {
    const folders = await writtenChain();
    const file = join(lmdbFolder(folders), "data.mdb");
    damage(file, statSync(file).size);
    const failure = await failureOf(folders);
    assert.equal(failure.code, "database-corrupt", name);
    assert.equal(failure.file, file);
  }
});

function overwrite(file: string, position: number, length: number): void {
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, Buffer.alloc(length, 0xab), 0, length, position);
  closeSync(descriptor);
}

test("a missing entry that others refer to is damage", async () => {
  const folders = await writtenChain();
  const {store, close} = unwrap(await open(folders));
  const {statePlace} = store.blocks.record(store.best.hash)!;
  await close();
  const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
  await raw.write([[keys.node(statePlace), undefined]]);
  await raw.close();
  assert.equal((await failureOf(folders)).code, "database-corrupt");
});

test("a database of something else is not begun over", async () => {
  const folders = chainFolders(freshBase(), "test");
  const raw = unwrap(openLmdbStore(lmdbFolder(folders)));
  await raw.write([["stranger", u32(1)]]);
  await raw.close();
  assert.equal((await failureOf(folders)).code, "database-corrupt");
});

test("a place that cannot be written is told apart from damage", async () => {
  const base = freshBase();
  mkdirSync(base);
  writeFileSync(join(base, "chains"), "a file where a folder has to be");
  assert.equal((await failureOf(chainFolders(base, "test"))).code, "database-not-writable");
});

test("purging removes the database and leaves the keys; a chain in use is not purged", async () => {
  const base = freshBase();
  const folders = await writtenChain(base);
  mkdirSync(folders.keystore);
  writeFileSync(join(folders.keystore, "key"), "secret");
  const {close} = unwrap(await open(folders));
  assert.equal(purgeChain(base, "test").ok, false);
  await close();
  assert.equal(unwrap(purgeChain(base, "test")), true);
  assert.equal(unwrap(purgeChain(base, "test")), false);
  assert.equal(readFileSync(join(folders.keystore, "key"), "utf8"), "secret");
  const again = unwrap(await open(folders));
  assert.equal(again.store.best.number, 0);
  await again.close();
});

test("free space below the bound is told with both figures", () => {
  assert.equal(checkFreeSpace(root, 0).ok, true);
  const low = checkFreeSpace(root, Number.MAX_SAFE_INTEGER);
  assert.ok(!low.ok && low.error.code === "disk-low" && low.error.free > 0);
});

test("a database that got lost is not begun anew before purge-chain, whatever else is left", async () => {
  const losses: ((file: string, folders: ChainFolders) => void)[] = [
    file => truncateSync(file, 0),
    file => rmSync(file),
    (_, {database}) => rmSync(database, {recursive: true}),
    (file, folders) => {
      const fresh = chainFolders(freshBase(), "fresh");
      const empty = unwrap(openLmdbStore(lmdbFolder(fresh)));
      void empty.close();
      rmSync(file);
      mkdirSync(lmdbFolder(folders), {recursive: true});
      copyFileSync(join(lmdbFolder(fresh), "data.mdb"), file);
    },
  ];
  for (const lose of losses) {
    const base = freshBase();
    const folders = await writtenChain(base);
    lose(join(lmdbFolder(folders), "data.mdb"), folders);
    for (let attempt = 0; attempt < 2; attempt++) {
      const failure = await failureOf(folders);
      assert.equal(failure.code, "database-missing");
      assert.match(describeOpenFailure(failure), /purge-chain/);
    }
    assert.equal(unwrap(purgeChain(base, "test")), true);
    const {store, close} = unwrap(await open(folders));
    assert.equal(store.best.number, 0);
    await close();
  }
});

test("a start that was killed before the chain was begun is a first start", async () => {
  const folders = chainFolders(freshBase(), "test");
  mkdirSync(lmdbFolder(folders), {recursive: true});
  writeFileSync(join(lmdbFolder(folders), "data.mdb"), "");
  writeFileSync(folders.lock, "");
  const {close} = unwrap(await open(folders));
  await close();
});

test("a database of before there was a marker gets one", async () => {
  const folders = await writtenChain();
  rmSync(folders.marker);
  const there = readdirSync(folders.chain);
  writeFileSync(join(folders.chain, ".unfinished-0123456789abcdef"), "0x");
  await unwrap(await open(folders)).close();
  assert.equal(readFileSync(folders.marker, "utf8").trim(), bytesToHex(genesis.hash));
  const marker = basename(folders.marker);
  assert.deepEqual(readdirSync(folders.chain).sort(), [...there, marker].sort());
});

test("damage is told by us alone: the library that reads the file says nothing past us", async () => {
  const folders = await writtenChain();
  const file = databaseFile(folders);
  const bytes = readFileSync(file);
  // All pages but the two that lead to them.
  writeFileSync(
    file,
    Buffer.concat([bytes.subarray(0, 8_192), Buffer.alloc(bytes.length - 8_192)]),
  );
  const source = new URL("open-chain-store.ts", import.meta.url);
  const code = `
    import {openChainStore} from ${JSON.stringify(source)};
    const genesis = {hash: new Uint8Array(32), build() {}};
    const opened = await openChainStore(${JSON.stringify(folders)}, genesis, data => data);
    process.stdout.write(opened.error.code);`;
  const {stdout, stderr} = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", code],
    {encoding: "utf8"},
  );
  assert.deepEqual([stdout, stderr], ["database-corrupt", ""]);
});

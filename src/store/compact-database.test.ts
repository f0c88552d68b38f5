/**
 * Compacting, also killed in the midst of it. KILLS: how often (4 where not said), KILL_SEED: at which moments.
 */
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {bytesToHex, err, seededRandom, unwrap} from "#base";
import {childBlock, genesisBlock, hash} from "./chain-for-tests.ts";
import {checkOnDisk} from "./check/index.ts";
import {type CompactProgress, compactOnDisk} from "./compact-database.ts";
import {chainFolders, compactingFolder, databaseFile, lmdbFolder} from "./layout.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {openChainStore} from "./open-chain-store.ts";

const WRITER = fileURLToPath(new URL("compact-crash-writer.ts", import.meta.url));
const KILLS = Number(process.env.KILLS ?? 4);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

const folder = mkdtempSync(join(tmpdir(), "khala-compact-"));
const genesis = genesisBlock();
const foldersOf = (name: string) => chainFolders(join(folder, name), "test");
const open = async (name: string) =>
  unwrap(await openChainStore(foldersOf(name), {hash: genesis.hash, build: () => genesis}, hash));

/** Every row, as text. */
async function rowsOf(name: string): Promise<string[]> {
  const store = unwrap(openLmdbStore(lmdbFolder(foldersOf(name))));
  const rows = [...store.range({from: ""})].map(([key, value]) => `${key} ${bytesToHex(value)}`);
  await store.close();
  return rows;
}

/** A chain that kept everything, and now keeps three states. */
before(async () => {
  const {store, close} = await open("narrowed");
  for (let i = 1; i <= 120; i++) {
    unwrap(store.commit(childBlock(store.best, store.stateAt(store.best.hash)!), {best: true}));
    unwrap(store.finalize(store.best.hash));
    if (i % 5 === 0) await store.flushed();
  }
  const states = {kind: "window", blocks: 3} as const;
  store.pruning.setPolicy({...store.pruning.policy, states});
  while (store.pruning.step(1_000)) await store.flushed();
  await close();
});
after(() => rmSync(folder, {recursive: true}));

function copyOf(name: string) {
  cpSync(join(folder, "narrowed"), join(folder, name), {recursive: true});
  return foldersOf(name);
}

const bytesOf = (name: string) => readFileSync(databaseFile(foldersOf(name)));

test("the file of a chain that keeps less than it did becomes smaller, and holds the same", async () => {
  const folders = copyOf("small");
  const wanted = await rowsOf("narrowed");
  const told: CompactProgress[] = [];
  const onProgress = (progress: CompactProgress) => void told.push(progress);
  const compacted = await compactOnDisk(folders, {onProgress, tellEvery: 100});
  const {rows, before, after} = unwrap(compacted)!;
  assert.equal(rows, wanted.length);
  const hundreds = Array.from({length: Math.floor(rows / 100)}, (_, i) => (i + 1) * 100);
  // Some pages at a time, which have the rows in them.
  const followed = told.filter(one => one.step === "followed");
  assert.ok(followed.length > 2 && followed.at(-1)!.rows > rows / 2);
  for (const step of ["checked", "copied", "compared"]) {
    const ofStep = told.filter(one => one.step === step);
    assert.deepEqual(
      ofStep.map(one => one.rows),
      hundreds,
    );
    assert.ok(ofStep.every(({bytes}, i) => bytes > (ofStep[i - 1]?.bytes ?? 0)));
  }
  assert.equal(after, statSync(databaseFile(folders)).size);
  assert.ok(after < before / 2, `${before} bytes became ${after}`);
  assert.deepEqual(await rowsOf("small"), wanted);
  const {pages, checked} = unwrap(await checkOnDisk(folders, hash, {repair: false}))!;
  assert.deepEqual([pages, checked!.damages], [undefined, []]);
  const {store, close} = await open("small");
  unwrap(store.commit(childBlock(store.best, store.stateAt(store.best.hash)!), {best: true}));
  await close();
  assert.equal(unwrap(await compactOnDisk(folders))!.rows > rows, true);
  assert.equal(existsSync(compactingFolder(folders)), false);
});

test("a damaged row is no row to copy: the file stays as it is", async () => {
  const folders = copyOf("damaged");
  const store = unwrap(openLmdbStore(lmdbFolder(folders)));
  const [[key, value]] = [...store.range({from: "b", to: "c"})] as [[string, Uint8Array]];
  await store.write([[key, value.map((byte, i) => (i === 9 ? byte ^ 1 : byte))]]);
  await store.close();
  const bytes = bytesOf("damaged");
  const compacted = await compactOnDisk(folders);
  assert.ok(!compacted.ok && compacted.error.code === "database-corrupt");
  assert.deepEqual(bytesOf("damaged"), bytes);
});

test("nothing is changed where there is no room, another process has it, or there is none", async () => {
  const folders = copyOf("full");
  const before = bytesOf("full");
  const low = {code: "disk-low", path: folders.database, free: 1, needed: 2} as const;
  const full = await compactOnDisk(folders, {checkRoom: () => err(low)});
  assert.deepEqual(full, err(low));
  assert.deepEqual(bytesOf("full"), before);
  const {close} = await open("full");
  const locked = await compactOnDisk(folders);
  assert.ok(!locked.ok && locked.error.code === "database-locked");
  await close();
  assert.equal(unwrap(await compactOnDisk(foldersOf("none"))), undefined);
});

test("what a compaction that was killed left behind goes when the chain is opened", async () => {
  const folders = copyOf("left");
  mkdirSync(compactingFolder(folders));
  writeFileSync(join(compactingFolder(folders), "data.mdb"), "half a file");
  const {close} = await open("left");
  await close();
  assert.equal(existsSync(compactingFolder(folders)), false);
});

test("killed at any moment, the file is the old one or the new one, whole", async t => {
  copyOf("killed");
  const wanted = await rowsOf("narrowed");
  const random = seededRandom(SEED);
  const sizes = new Set<number>();
  for (let kill = 0; kill < KILLS; kill++) {
    // Some begin with what is to be compacted, some with what a killed one left.
    if (kill % 3 === 0)
      cpSync(databaseFile(foldersOf("narrowed")), databaseFile(foldersOf("killed")));
    const child = spawn(process.execPath, ["--import", "tsx", WRITER, join(folder, "killed")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await new Promise(resolve => setTimeout(resolve, random() * 600));
    child.kill("SIGKILL");
    const [code, signal] = await once(child, "close");
    assert.equal(signal, "SIGKILL", `it ended by itself: ${code}`);
    sizes.add(statSync(databaseFile(foldersOf("killed"))).size);
    assert.deepEqual(await rowsOf("killed"), wanted, `seed ${SEED}, kill ${kill}`);
  }
  t.diagnostic(`${KILLS} kills with seed ${SEED}, files of ${[...sizes].join(" and ")} bytes`);
});

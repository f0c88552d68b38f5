/**
 * A chain store on disk with a state of a million accounts: opening, and what a block of 2,000 changed accounts (1,000
 * transfers) costs there from first read to disk; then empty blocks. `npx tsx bench/store.ts [accounts] [blocks]`.
 */
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {bytesToBinary, unwrap} from "#base";
import {createNativeHashing} from "#crypto-native";
import {memoryState, Overlay} from "#state";
import {chainFolders, type NewBlock, openChainStore} from "#store";

const ACCOUNTS = Number(process.argv[2] ?? 1_000_000);
const BLOCKS = Number(process.argv[3] ?? 30);
const CHANGED = 2_000;
const EMPTY_BLOCKS = 2_000;

const hashing = await createNativeHashing();
const hash = hashing.blake2b256;
const prefix = bytesToBinary(hash(new Uint8Array(1)));
const account = new Uint8Array(80).fill(1);

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
}

/** As System.Account has it: two hashed names, then Blake2_128Concat. */
function accountKey(index: number): string {
  const id = hash(u32(index));
  return prefix + bytesToBinary(hashing.blake2b128(id)) + bytesToBinary(id);
}

function* accounts(): Generator<[string, Uint8Array]> {
  for (let i = 0; i < ACCOUNTS; i++) yield [accountKey(i), account];
}

function print(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(52)} ${value}\n`);
}

const basePath = mkdtempSync(join(tmpdir(), "khala-bench-"));
const folders = chainFolders(basePath, "bench");
const genesisHash = hash(u32(0));

function genesisBlock(): NewBlock {
  const state = memoryState(accounts(), hash);
  return {
    hash: genesisHash,
    number: 0,
    parentHash: genesisHash,
    header: new Uint8Array(100),
    body: [],
    state,
  };
}

let start = performance.now();
const began = unwrap(await openChainStore(folders, {hash: genesisHash, build: genesisBlock}, hash));
await began.close();
print(
  `genesis of ${ACCOUNTS} accounts, built and on disk`,
  `${((performance.now() - start) / 1_000).toFixed(1)} s`,
);
const file = join(folders.database, "full", "data.mdb");
print("size on disk", `${(statSync(file).size / 1e6).toFixed(0)} MB`);

start = performance.now();
const {store, close} = unwrap(
  await openChainStore(folders, {hash: genesisHash, build: genesisBlock}, hash),
);
print("opened again", `${(performance.now() - start).toFixed(0)} ms`);

let random = 1;
function pick(): string {
  random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
  return accountKey(random % ACCOUNTS);
}

async function makeBlocks(count: number, changed: number): Promise<void> {
  const spent = {read: 0, write: 0, root: 0, commit: 0, disk: 0};
  const items = changed > 0 ? changed : 1;
  for (let i = 0; i < count; i++) {
    const keys = Array.from({length: changed}, pick);
    const t0 = performance.now();
    const overlay = new Overlay(store.stateAt(store.best.hash)!);
    for (const key of keys) overlay.get(key);
    const t1 = performance.now();
    const value = new Uint8Array(80).fill(i);
    overlay.set("number", u32(store.best.number + 1));
    for (const key of keys) overlay.set(key, value);
    const t2 = performance.now();
    const {state, root} = overlay.outcome(0);
    const t3 = performance.now();
    const number = store.best.number + 1;
    const blockHash = hash(root);
    const header = new Uint8Array(200);
    unwrap(
      store.commit(
        {hash: blockHash, number, parentHash: store.best.hash, header, body: [u32(i)], state},
        {best: true},
      ),
    );
    const t4 = performance.now();
    await store.room();
    if (changed > 0) await store.flushed();
    const t5 = performance.now();
    spent.read += t1 - t0;
    spent.write += t2 - t1;
    spent.root += t3 - t2;
    spent.commit += t4 - t3;
    spent.disk += t5 - t4;
  }
  await store.flushed();
  for (const [what, ms] of Object.entries(spent)) {
    print(
      `  ${what}`,
      `${(ms / count).toFixed(2)} ms a block, ${((ms * 1_000) / count / items).toFixed(2)} µs an item`,
    );
  }
}

print(`blocks of ${CHANGED} changes, first ${BLOCKS} (cold)`, "");
await makeBlocks(BLOCKS, CHANGED);
print(`blocks of ${CHANGED} changes, next ${BLOCKS}`, "");
await makeBlocks(BLOCKS, CHANGED);
start = performance.now();
print(`empty blocks, ${EMPTY_BLOCKS}`, "");
await makeBlocks(EMPTY_BLOCKS, 0);
print(
  "  together",
  `${((EMPTY_BLOCKS * 1_000) / (performance.now() - start)).toFixed(0)} blocks/s`,
);
print(
  "memory",
  `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident, ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB heap, ${(process.memoryUsage().arrayBuffers / 1e6).toFixed(0)} MB arrays`,
);
await close();
rmSync(basePath, {recursive: true});

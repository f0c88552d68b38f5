/**
 * The state trie at a million accounts: building it, changing 2,000 random leaves a block (the accounts of 1,000
 * transfers), and reading single values. `npx tsx bench/trie.ts [accounts]`.
 */
import {bytesToBinary} from "#base";
import {createNativeHashing} from "#crypto-native";
import {memoryState, Overlay} from "#state";
import {type Change, type FreshNode, type NodeSource, sortChanges, Trie} from "#trie";

const ACCOUNTS = Number(process.argv[2] ?? 1_000_000);
const CHANGED = 2_000;
const BLOCKS = Number(process.argv[3] ?? 20);

const hashing = await createNativeHashing();
const hash = hashing.blake2b256;

/** An account's key as System.Account has it: two hashed names, then Blake2_128Concat. */
const PREFIX = bytesToBinary(hash(new Uint8Array(1)));
function accountKey(index: number): string {
  const seed = new Uint8Array(4);
  new DataView(seed.buffer).setUint32(0, index, true);
  const id = hash(seed);
  return PREFIX + bytesToBinary(hashing.blake2b128(id)) + bytesToBinary(id);
}

function report(what: string, milliseconds: number, count: number): void {
  const each = ((milliseconds * 1_000) / count).toFixed(2);
  process.stdout.write(
    `${what.padEnd(44)} ${milliseconds.toFixed(1).padStart(9)} ms  ${each} µs each\n`,
  );
}

function timed<T>(what: string, count: number, run: () => T): T {
  const start = performance.now();
  const value = run();
  report(what, performance.now() - start, count);
  return value;
}

const EXAMPLE = new Uint8Array(80);
const keys = timed("keys", ACCOUNTS, () => Array.from({length: ACCOUNTS}, (_, i) => accountKey(i)));
const sorted = timed("sort", ACCOUNTS, () =>
  sortChanges(keys.map((key): Change => [key, EXAMPLE])),
);
let trie = timed("build", ACCOUNTS, () => Trie.empty(hash).update(sorted, 0));
timed("first root", ACCOUNTS, () => trie.root());
let lastPlace = 0;
const nextPlace = () => ++lastPlace;
const fresh = timed("collect", ACCOUNTS, () => trie.collect({next: nextPlace, child: () => 0}));
const size = fresh.nodes.reduce((sum, node) => sum + node.record.length, 0);
process.stdout.write(`${fresh.nodes.length} nodes, ${(size / 1e6).toFixed(0)} MB encoded\n`);

// One big array with an index, as a database would be: a million small ones would measure garbage collection.
const heap = new Uint8Array(size + BLOCKS * 2 * 4_000_000);
const lengths = new DataView(heap.buffer);
let used = 0;
const places: number[] = [0];
function store(nodes: readonly FreshNode[]): void {
  for (const {place, record} of nodes) {
    lengths.setUint32(used, record.length);
    heap.set(record, used + 4);
    places[place] = used;
    used += 4 + record.length;
  }
}
store(fresh.nodes);
fresh.nodes.length = 0;
const source: NodeSource = {
  node(place) {
    const at = places[place]!;
    return heap.slice(at + 4, at + 4 + lengths.getUint32(at));
  },
  value: () => undefined,
};

let random = 1;
function pick(): string {
  random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
  return keys[random % ACCOUNTS]!;
}

function runBlocks(what: string, limit: number): void {
  let update = 0;
  let rooted = 0;
  let collected = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const changed = new Set<string>();
    while (changed.size < CHANGED) changed.add(pick());
    const account = new Uint8Array(80).fill(block + 1);
    const start = performance.now();
    const changes = sortChanges([...changed].map(key => [key, account]));
    const next = trie.update(changes, 0);
    const updatedAt = performance.now();
    next.root();
    const rootedAt = performance.now();
    const {nodes} = next.collect({next: nextPlace, child: () => 0});
    collected += performance.now() - rootedAt;
    store(nodes);
    rooted += rootedAt - updatedAt;
    update += updatedAt - start;
    trie = next;
    trie.shed(limit);
  }
  report(`${what}: update`, update, BLOCKS * CHANGED);
  report(`${what}: root`, rooted, BLOCKS * CHANGED);
  report(`${what}: collect`, collected, BLOCKS * CHANGED);
}

runBlocks("2,000 leaves, all in memory", Number.POSITIVE_INFINITY);
const probes = Array.from({length: 200_000}, pick);
timed("get, in memory", probes.length, () => probes.forEach(key => void trie.get(key)));
timed("nextKey, in memory", probes.length, () => probes.forEach(key => void trie.nextKey(key)));
trie = Trie.open(hash, source, trie.root(), trie.collect({next: nextPlace, child: () => 0}).root);
timed("get, from encoded nodes", 100_000, () => {
  for (let i = 0; i < 100_000; i++) trie.get(probes[i]!);
});
timed("shed", 1, () => trie.shed(200_000));
process.stdout.write(`resident ${trie.resident}\n`);
runBlocks("2,000 leaves, branches in memory", 200_000);

const item = new Uint8Array(80);
const state = memoryState([], hash);
timed("overlay: 100,000 × begin, set, append, commit", 100_000, () => {
  const overlay = new Overlay(state);
  for (let i = 0; i < 100_000; i++) {
    overlay.begin();
    overlay.set(keys[i % 2_000]!, item);
    overlay.append("events", item);
    overlay.commit();
  }
});

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {bytesToBinary, bytesToHex, concatBytes, hexToBytes, unwrap} from "#base";
import {Overlay} from "#state";
import {hash, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import type {KeyRange, Write} from "./key-value-store.ts";
import {SCHEMA_VERSION} from "./keys.ts";
import {layoutOf, raiseLayout} from "./layout-of-before.ts";
import {MemoryStore} from "./memory-store.ts";

type Pairs = readonly (readonly [string, string])[];

/** What the release before wrote: six blocks and a fork, in which values and a child trie go and come back; and their states. */
const written = JSON.parse(readFileSync(new URL("layout-1.json", import.meta.url), "utf8")) as {
  entries: Pairs;
  states: readonly {hash: string; top: Pairs; child: Pairs}[];
};
const bytes = (hex: string) => hexToBytes(hex)!;
const hexPairs = (entries: Iterable<readonly [string, Uint8Array]>) =>
  [...entries].map(([key, value]) => [bytesToHex(Buffer.from(key, "latin1")), bytesToHex(value)]);

async function opened(): Promise<{store: MemoryStore; chain: ChainStore}> {
  const store = new MemoryStore();
  await store.write(
    written.entries.map(([key, value]) => [bytesToBinary(bytes(key)), bytes(value)]),
  );
  await raiseLayout(store);
  return {store, chain: ChainStore.over(new CheckedRows(store), hash)};
}

/** How many of the states there were are whole; one that is there and is not whole is a failure. */
function wholeStates(chain: ChainStore): number {
  let whole = 0;
  for (const {hash: block, top, child} of written.states) {
    const state = chain.stateAt(bytes(block));
    if (state === undefined) continue;
    assert.deepEqual(hexPairs(state.entries()), top);
    assert.deepEqual(hexPairs(state.child("a child").entries()), child);
    whole++;
  }
  return whole;
}

/** Writes over what was there before, in the same way. */
function extend(chain: ChainStore): Uint8Array {
  const {best} = chain;
  const number = best.number + 1;
  const overlay = new Overlay(chain.stateAt(best.hash)!);
  overlay.set(bytesToBinary(hash(u32(1_001))), new Uint8Array(40).fill(100 + (number % 2)));
  overlay.child("a child").set("first", new Uint8Array(34).fill(number % 2));
  const {state} = overlay.outcome(1);
  const header = concatBytes(u32(number), best.hash, state.root());
  const block = {hash: hash(header), number, parentHash: best.hash, header, body: [], state};
  unwrap(chain.commit(block, {best: true}));
  return block.hash;
}

test("a database of the release before is read as it is, and goes on", async () => {
  const {chain} = await opened();
  assert.equal(wholeStates(chain), written.states.length);
  for (let i = 0; i < 4; i++) extend(chain);
  assert.equal(wholeStates(chain), written.states.length);
});

test("what states of that layout share is never removed with one of them, however it is narrowed", async () => {
  const {store, chain} = await opened();
  const later = Array.from({length: 8}, () => extend(chain));
  chain.pruning.setPolicy({...chain.pruning.policy, states: {kind: "window", blocks: 1}});
  let whole = written.states.length;
  for (let number = 4; number <= 14; number++) {
    unwrap(chain.finalize(chain.blocks.canonical(number)!));
    while (chain.pruning.step(3)) whole = Math.min(whole, wholeStates(chain));
    assert.equal(chain.pruning.status().floor, number);
    const last = chain.stateAt(later.at(-1)!)!;
    assert.ok([...last.entries()].length > 10 && [...last.child("a child").entries()].length === 2);
  }
  assert.equal(whole, 0);
  await chain.flushed();
  const nodes = [...store.range({from: "s", to: "t"})].length;
  assert.ok(nodes < 40, `${nodes} nodes are left`);
});

test("whoever is killed while it is brought into the present layout goes on, and comes to the same", async () => {
  const {store: straight} = await opened();
  for (let writes = 0; ; writes++) {
    const store = new MemoryStore();
    await store.write(
      written.entries.map(([key, value]) => [bytesToBinary(bytes(key)), bytes(value)]),
    );
    let left = writes;
    const dying = {
      get: (key: string) => store.get(key),
      lend: (key: Uint8Array) => store.lend(key),
      range: (range: KeyRange) => store.range(range),
      close: () => store.close(),
      write: async (batch: readonly Write[]) => {
        if (left-- === 0) throw new Error("killed");
        await store.write(batch);
      },
    };
    const progress: number[] = [];
    const wasKilled = await raiseLayout(dying, total => progress.push(total), 200).then(
      () => false,
      () => true,
    );
    // What was begun is of no layout that anybody else knows.
    const killedAt = writes === 0 ? 1 : 101;
    assert.equal(layoutOf(store), wasKilled ? killedAt : SCHEMA_VERSION);
    await raiseLayout(store, undefined, 300);
    assert.deepEqual([...store.range({from: ""})], [...straight.range({from: ""})]);
    if (wasKilled) continue;
    assert.ok(progress.length > 3 && progress.every((total, i) => total > (progress[i - 1] ?? 0)));
    return;
  }
});

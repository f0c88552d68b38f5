import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import fc from "fast-check";
import {bytesToHex, unwrap} from "#base";
import {memoryState, Overlay, type StateVersion, type TrieState} from "#state";
import {hash, u32} from "./chain-for-tests.ts";
import type {ChainStore} from "./chain-store.ts";
import {chainFolders} from "./layout.ts";
import type {NewBlock} from "./new-block.ts";
import {openChainStore} from "./open-chain-store.ts";

const root = mkdtempSync(join(tmpdir(), "khala-child-tries-"));
after(() => rmSync(root, {recursive: true}));

const names = fc.constantFrom("a", "b", "long".repeat(90), `${"long".repeat(90)}er`);
const keys = fc.constantFrom("", "k", "k1", "k2", "\xff".repeat(40));
const writes = fc.record({
  name: fc.option(names, {nil: undefined}),
  key: keys,
  /** Above and below the length from which version 1 keeps a value outside its node. */
  size: fc.option(fc.constantFrom(1, 32, 33, 200), {nil: undefined}),
});
const block = fc.record({
  writes: fc.array(writes, {maxLength: 12}),
  killed: fc.option(names, {nil: undefined}),
  version: fc.constantFrom<StateVersion>(0, 1),
  isFork: fc.boolean(),
});
type Block = typeof block extends fc.Arbitrary<infer B> ? B : never;

function genesis(): NewBlock {
  const fresh = new Uint8Array(33).fill(1);
  const children = [["a", [["k", fresh]]]] as const;
  const state = memoryState([["k", u32(0)]], hash, 1, children);
  const header = state.root();
  return {hash: hash(header), number: 0, parentHash: new Uint8Array(32), header, body: [], state};
}

function build({hash: parentHash, number}: NewBlock, state: TrieState, made: Block): NewBlock {
  const overlay = new Overlay(state);
  for (const {name, key, size} of made.writes) {
    const trie = name === undefined ? overlay : overlay.child(name);
    if (size === undefined) trie.remove(key);
    else trie.set(key, new Uint8Array(size).fill(number));
  }
  if (made.killed !== undefined) overlay.child(made.killed).kill();
  const outcome = overlay.outcome(made.version);
  const header = Buffer.concat([parentHash, outcome.root]);
  const {state: after} = outcome;
  return {hash: hash(header), number: number + 1, parentHash, header, body: [], state: after};
}

const contentsOf = (state: TrieState) => ({
  root: bytesToHex(state.root()),
  top: [...state.entries()],
  children: [...state.childNames()].map(name => {
    const child = state.child(name);
    return {name, root: bytesToHex(child.root()), entries: [...child.entries()]};
  }),
});

function assertKept(store: ChainStore, blocks: readonly NewBlock[], expected: unknown[]): void {
  blocks.forEach((made, i) => {
    assert.deepEqual(contentsOf(store.stateAt(made.hash)!), expected[i], `block ${i}`);
  });
}

let folder = 0;

test("states with child tries are on disk what they were in memory, in whatever layout and on whatever fork", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(block, {minLength: 1, maxLength: 8}), async chain => {
      const folders = chainFolders(join(root, String(folder++)), "test");
      const first = genesis();
      const open = async () =>
        unwrap(await openChainStore(folders, {hash: first.hash, build: () => first}, hash));
      const blocks = [first];
      const expected = [contentsOf(first.state)];
      let opened = await open();
      for (const made of chain) {
        const {store} = opened;
        const parent = (made.isFork && blocks.at(-2)) || blocks.at(-1)!;
        const next = build(parent, store.stateAt(parent.hash)!, made);
        if (blocks.some(known => known.hash.join() === next.hash.join())) continue;
        expected.push(contentsOf(next.state));
        blocks.push(next);
        unwrap(store.commit(next, {best: next.number > store.best.number}));
      }
      assertKept(opened.store, blocks, expected);
      await opened.close();
      opened = await open();
      assertKept(opened.store, blocks, expected);
      await opened.close();
    }),
    {numRuns: 60},
  );
});

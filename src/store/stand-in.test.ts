import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {CHILD, childBlock, genesisBlock, hash, NUMBER_KEY, u32} from "./chain-for-tests.ts";
import {ChainStore} from "./chain-store.ts";
import {keys} from "./keys.ts";
import {chainFolders} from "./layout.ts";
import {MemoryStore} from "./memory-store.ts";
import type {NewBlock} from "./new-block.ts";
import {openChainStore} from "./open-chain-store.ts";

const root = mkdtempSync(join(tmpdir(), "khala-stand-in-"));
after(() => rmSync(root, {recursive: true}));

/** A chain that begins at block 1, on one that has another number in its state. */
const standIn = genesisBlock();
const state = standIn.state.update({top: [[NUMBER_KEY, u32(1)]], children: new Map()}, 0);
const head = concatBytes(u32(1), standIn.hash, state.root());
const first: NewBlock = {
  hash: hash(head),
  number: 1,
  parentHash: standIn.hash,
  header: head,
  body: [],
  state,
  genesis: {
    hash: standIn.hash,
    header: standIn.header,
    stateRoot: standIn.state.root(),
    changes: [[NUMBER_KEY, u32(0)]],
    stateVersion: 0,
  },
};

test("the state of the block that stands for others is there when the chain is opened again", async () => {
  const folders = chainFolders(root, "later");
  for (const isAtStart of [true, false]) {
    const opened = unwrap(
      await openChainStore(folders, {hash: standIn.hash, build: () => first}, hash),
    );
    const {store} = opened;
    assert.equal(store.isAtStart, isAtStart);
    assert.ok(store.isStandIn(standIn.hash) && !store.isStandIn(first.hash));
    const before = store.stateAt(standIn.hash)!;
    assert.deepEqual(before.root(), standIn.state.root());
    assert.deepEqual(before.get(NUMBER_KEY), u32(0));
    assert.deepEqual(before.child(CHILD).get(NUMBER_KEY), u32(0));
    assert.deepEqual(store.stateAt(first.hash)!.get(NUMBER_KEY), u32(1));
    assert.equal(store.finalAfterRewind(standIn.hash), undefined, "nothing is made on it");
    if (isAtStart) {
      const next = childBlock(first, store.stateAt(first.hash)!);
      unwrap(store.commit(next, {best: true}));
    }
    await opened.close();
  }
});

test("the state of such a block takes no more room than what differs", async () => {
  const nodesOf = async (block: NewBlock) => {
    const store = new MemoryStore();
    await ChainStore.begin(store, block, hash);
    return [...store.range({from: keys.node(0), to: keys.node(2 ** 47)})].length;
  };
  const {genesis: _, ...alone} = first;
  const more = (await nodesOf(first)) - (await nodesOf(alone));
  assert.ok(more > 0 && more < 4, `${more} nodes`);
});

test("a chain does not begin on a state that is not the one of the header", async () => {
  const other = {...first, genesis: {...first.genesis!, changes: []}};
  await assert.rejects(ChainStore.begin(new MemoryStore(), other, hash), /its header names/);
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import type {StateSection} from "#state";
import {CHILD, childBlock, genesisBlock, hash, NUMBER_KEY, u32} from "./chain-for-tests.ts";
import type {ChainStore} from "./chain-store.ts";
import {ChainStore as Store} from "./chain-store.ts";
import {CompositionCount} from "./composition.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";
import type {NewBlock} from "./new-block.ts";
import {createMemoryChainStore} from "./open-chain-store.ts";

const genesis = genesisBlock();
const source = await createMemoryChainStore(genesis, hash);
const blocks: NewBlock[] = [genesis];
for (let i = 0; i < 30; i++) blocks.push(extend(source));
const target = blocks[20]!;
const id = u32(7);

function extend(chain: ChainStore): NewBlock {
  const block = childBlock(chain.best, chain.stateAt(chain.best.hash)!);
  unwrap(chain.commit(block, {best: true}));
  return block;
}

function sections(block: NewBlock): StateSection[] {
  const state = source.stateAt(block.hash)!;
  const all: StateSection[] = [];
  for (;;) {
    const section: StateSection = state.rows(all.at(-1)?.next ?? [], 600)!;
    all.push(section);
    if (section.isComplete) return all;
  }
}

async function begun(): Promise<{store: MemoryStore; chain: ChainStore}> {
  const store = new MemoryStore();
  await Store.begin(store, genesis, hash);
  return {store, chain: Store.over(store, hash)};
}

const entriesOf = (store: MemoryStore) => [...store.range({from: ""})];

test("a state comes in by pieces, each of them gone on from after a restart, and the chain leaps to it", async () => {
  const {store} = await begun();
  const root = target.state.root();
  const pieces = sections(target);
  assert.ok(pieces.length > 5);
  for (const [i, {rows, edge}] of pieces.entries()) {
    const arriving = await Store.over(store, hash).imports.begin({id, root});
    assert.equal(arriving.pieces, i);
    unwrap(await arriving.add(rows, edge));
  }
  const chain = Store.over(store, hash);
  const {ref: state} = unwrap(await (await chain.imports.begin({id, root})).finish());
  chain.leapTo({...target, state});
  await chain.flushed();
  const opened = Store.over(store, hash);
  assert.equal(opened.imports.unfinished, undefined);
  assert.deepEqual(opened.best.number, 20);
  const after = opened.stateAt(target.hash)!;
  assert.deepEqual([...after.entries()], [...source.stateAt(target.hash)!.entries()]);
  assert.deepEqual(after.child(CHILD).get(NUMBER_KEY), u32(20));
  for (const block of blocks.slice(21)) {
    const parent = opened.stateAt(block.parentHash)!;
    unwrap(opened.commit(childBlock(opened.best, parent), {best: true}));
  }
  assert.deepEqual(opened.best.hash, source.best.hash);
});

test("what is brought of another state is removed whole, and nothing is left of it", async () => {
  const {store} = await begun();
  const before = entriesOf(store).filter(([key]) => key !== keys.meta("last-place"));
  const first = await Store.over(store, hash).imports.begin({id, root: target.state.root()});
  for (const {rows, edge} of sections(target).slice(0, 4)) unwrap(await first.add(rows, edge));
  assert.ok(entriesOf(store).length > before.length + 20);
  const chain = Store.over(store, hash);
  assert.equal(chain.imports.unfinished?.pieces, 4);
  await chain.imports.discard();
  const left = () => entriesOf(store).filter(([key]) => key !== keys.meta("last-place"));
  assert.deepEqual(left(), before);
  const second = await Store.over(store, hash).imports.begin({id, root: target.state.root()});
  for (const {rows, edge} of sections(target).slice(0, 4)) unwrap(await second.add(rows, edge));
  // Another snapshot is begun, and the one before makes way.
  const other = await Store.over(store, hash).imports.begin({
    id: u32(8),
    root: target.state.root(),
  });
  assert.equal(other.pieces, 0);
  assert.deepEqual(left(), before);
});

test("a piece that is not of the state is refused, and what came before it is gone on from", async () => {
  const {store} = await begun();
  const [one, two] = sections(target);
  const root = target.state.root();
  const chain = Store.over(store, hash);
  const arriving = await chain.imports.begin({id, root});
  unwrap(await arriving.add(one!.rows, one!.edge));
  const rows = two!.rows.slice(1);
  assert.deepEqual(await arriving.add(rows, two!.edge), {ok: false, error: "wrong-root"});
  const again = await Store.over(store, hash).imports.begin({id, root});
  assert.equal(again.pieces, 1);
  unwrap(await again.add(two!.rows, two!.edge));
});

test("the state of a block that came without it is put back, and goes again with the others that are not to be kept", async () => {
  const {store} = await begun();
  const chain = Store.over(store, hash);
  chain.leapTo(blocks[20]!);
  for (let number = 19; number >= 1; number--) {
    chain.fillHistory(blocks[number]!, blocks[number]!.state.root());
  }
  const old = blocks[10]!;
  assert.equal(chain.stateAt(old.hash), undefined);
  assert.equal(chain.pruning.lacksState(chain.blocks.knownRecord(old.hash)), true);
  await chain.flushed();
  const counted = count(store).get("state nodes")!;
  const arriving = await chain.imports.begin({id, root: old.state.root()});
  for (const {rows, edge} of sections(old)) unwrap(await arriving.add(rows, edge));
  const {ref} = unwrap(await arriving.finish());
  chain.pruning.fillState(chain.blocks.knownRecord(old.hash), ref);
  await chain.flushed();
  const opened = Store.over(store, hash);
  assert.equal(opened.imports.unfinished, undefined);
  assert.equal(opened.pruning.lacksState(opened.blocks.knownRecord(old.hash)), false);
  const state = opened.stateAt(old.hash)!;
  assert.deepEqual([...state.entries()], [...source.stateAt(old.hash)!.entries()]);
  assert.deepEqual(opened.pruning.ranges().states, [
    {from: 0, to: 0},
    {from: 10, to: 10},
    {from: 20, to: 20},
  ]);
  opened.pruning.setPolicy({...opened.pruning.policy, states: {kind: "window", blocks: 1}});
  while (opened.pruning.step(1_000));
  await opened.flushed();
  assert.equal(opened.stateAt(old.hash), undefined);
  assert.deepEqual(
    [...opened.stateAt(blocks[20]!.hash)!.entries()],
    [...source.stateAt(blocks[20]!.hash)!.entries()],
  );
  // The state of the first block went as well.
  assert.ok(count(store).get("state nodes")! < counted);
});

test("a state that comes in pieces is stored as one that was taken whole", async () => {
  const {store} = await begun();
  const root = genesis.state.root();
  const chain = Store.over(store, hash);
  const kindsBefore = count(store);
  const arriving = await chain.imports.begin({id, root});
  for (const {rows, edge} of sections(genesis)) unwrap(await arriving.add(rows, edge));
  unwrap(await arriving.finish());
  const kinds = count(store);
  assert.equal(kinds.get("state nodes"), kindsBefore.get("state nodes")! * 2);
});

function count(store: MemoryStore): Map<string, number> {
  const counted = new CompositionCount(store);
  while (!counted.step());
  return new Map(counted.kinds().map(({kind, entries}) => [kind, entries]));
}

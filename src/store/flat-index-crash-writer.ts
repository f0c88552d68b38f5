/** Run by the crash test in a process of its own: makes blocks, forks and rewinds, with an index that moves on all the time. */
import {type BinaryString, concatBytes, unwrap} from "#base";
import {memoryState} from "#state";
import {CHILD, childBlock, genesisBlock, hash, spreadKey, u32} from "./chain-for-tests.ts";
import {INDEX_PACE} from "./flat-index/index.ts";
import {chainFolders} from "./layout.ts";
import type {NewBlock} from "./new-block.ts";
import {openChainStore} from "./open-chain-store.ts";

/** A block of rows at a time, so that a kill mostly finds rows of two states. */
export const CRASH_PACE = {
  ...INDEX_PACE,
  behind: 2,
  folded: 4,
  compared: 20,
  moved: 1,
  mostOver: 20_000,
  least: 1,
};

/** Some forty blocks of rows. */
function largeGenesis(): NewBlock {
  const {state} = genesisBlock();
  const top: [BinaryString, Uint8Array][] = [...state.entries()].filter(([key]) => key.length < 40);
  for (let i = 0; i < 3_000; i++) top.push([spreadKey(100_000 + i), u32(i)]);
  const large = memoryState(top, hash, 0, [[CHILD, state.child(CHILD).entries()]]);
  const header = concatBytes(u32(0), large.root());
  return {
    hash: hash(header),
    number: 0,
    parentHash: new Uint8Array(32),
    header,
    body: [],
    state: large,
  };
}

async function write(basePath: string): Promise<never> {
  const genesis = largeGenesis();
  const folders = chainFolders(basePath, "test");
  const pruning = {states: {kind: "window", blocks: 40} as const};
  const options = {flatIndex: CRASH_PACE, pruning};
  const {store} = unwrap(
    await openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash, options),
  );
  for (let salt = 0; ; salt++) {
    const parent = {...store.best};
    const state = store.stateAt(parent.hash)!;
    const block = childBlock(parent, state, salt % 3 === 0 ? salt : 0);
    unwrap(store.commit(block, {best: true}));
    if (block.number % 5 === 0) unwrap(store.commit(childBlock(parent, state, 1), {best: false}));
    if (block.number % 3 === 0) unwrap(store.finalize(block.parentHash));
    if (salt % 50 === 49) {
      const back = store.blocks.canonical(store.finalized.number - 8);
      if (back !== undefined) store.rewindTo(back, new Map());
    }
    for (let i = 0; i < 7 && store.pruning.step(20); i++) {
      await store.flushed();
      process.stdout.write(`${store.index!.progress()}\n`);
    }
  }
}

if (process.argv[2] !== undefined) await write(process.argv[2]);

/** Run by the crash test in a process of its own: makes blocks and forks, keeps all for a while, then narrows, over and over. */
import {unwrap} from "#base";
import {childBlock, genesisBlock, hash} from "./chain-for-tests.ts";
import {chainFolders} from "./layout.ts";
import {openChainStore} from "./open-chain-store.ts";

/** Blocks between two narrowings. */
const SPAN = 24;

const genesis = genesisBlock();
const folders = chainFolders(process.argv[2]!, "test");
const {store} = unwrap(
  await openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash),
);
const {pruning} = store;
for (;;) {
  const parent = {...store.best};
  const state = store.stateAt(parent.hash)!;
  const block = childBlock(parent, state);
  unwrap(store.commit(block, {best: true}));
  if (block.number % 5 === 0) unwrap(store.commit(childBlock(parent, state, 1), {best: false}));
  if (block.number % 3 === 0) unwrap(store.finalize(block.parentHash));
  const isNarrow = block.number % SPAN < 3;
  const states = isNarrow ? ({kind: "window", blocks: 3} as const) : ({kind: "archive"} as const);
  if (pruning.policy.states.kind !== states.kind) pruning.setPolicy({...pruning.policy, states});
  do {
    await store.flushed();
    process.stdout.write(`${store.best.number}\n`);
  } while (pruning.step(40));
}

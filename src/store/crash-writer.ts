/** Run by the crash test in a process of its own: makes blocks as fast as it can and says what is on disk. */
import {unwrap} from "#base";
import {childBlock, genesisBlock, hash} from "./chain-for-tests.ts";
import {chainFolders} from "./layout.ts";
import {openChainStore} from "./open-chain-store.ts";

const genesis = genesisBlock();
const folders = chainFolders(process.argv[2]!, "test");
const {store} = unwrap(
  await openChainStore(folders, {hash: genesis.hash, build: () => genesis}, hash),
);
for (;;) {
  const block = childBlock(store.best, store.stateAt(store.best.hash)!);
  unwrap(store.commit(block, {best: true}));
  if (block.number % 3 === 0) unwrap(store.finalize(block.parentHash));
  store.flushed(block.hash).then(() => process.stdout.write(`${block.number}\n`));
  // A turn of the event loop, so that acknowledgements get out; several blocks still share a transaction.
  if (block.number % 5 === 0) await new Promise(resolve => setImmediate(resolve));
  await store.room();
}

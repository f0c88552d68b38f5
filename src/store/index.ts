/**
 * Where the chain is kept: blocks, their states, the best chain through them and what is final.
 *
 * `openChainStore` opens (or begins) a chain under a base path, `createMemoryChainStore` makes one that ends with the
 * process. Both give a `ChainStore`, whose writes are seen at once and reach the disk in order, several in one
 * transaction when they come fast. So after a crash the database holds a prefix of what was committed, never part of
 * a step. Await `flushed` before announcing a block, `room` before making the next one.
 *
 * Layout: one ordered map (`keys.ts`). A state is kept as trie nodes, each once, under a number that rises with every
 * node; a branch's record has its children's numbers beside its encoding. So what a block adds is written at one end of
 * the file (keyed by hash or by path, a block that touches a thousand accounts among a million would rewrite a
 * thousand pages: ten times the time), and reading goes from record to record by short keys.
 *
 * History is all kept. Pruning needs no other layout, only one more kind of entry: for each block a journal of the
 * nodes it replaced, which are those on the paths of its changes, found by walking the tries of the block and of its
 * parent side by side where they differ. When a block is final and leaves the window, the nodes in its journal go, and
 * those that rivals of it had added. No counting of references: a number is never used twice, so a node that a later
 * block makes again is another entry. The mode has to be chosen when a database is begun, as a journal cannot be had
 * later. (Values kept outside their nodes go by key and hash, and would need numbers too; so would child tries, whose top
 * nodes are found by name and root, since the leaf that holds the root has no room for a number.)
 *
 * That a chain was begun is written outside of the database as well (`chain-marker.ts`): one that got lost is not begun
 * anew unasked.
 *
 * Out of scope: what headers and extrinsics mean (bytes here), which block is best (`consensus`), keys (`keystore`).
 */
export type {BestChange} from "./best-chain.ts";
export type {BlockRecord} from "./block-record.ts";
export type {BlockRef, BlockStore} from "./block-store.ts";
export {ChainStore} from "./chain-store.ts";
export type {CompositionCount, KindSize} from "./composition.ts";
export {type DirectoryLock, type LockFailure, lockHolder} from "./directory-lock.ts";
export {
  describeOpenFailure,
  type OpenFailure,
  StoreFault,
  type StoreFaultCode,
} from "./failures.ts";
export {checkFreeSpace, type DiskLow, freeSpace} from "./free-space.ts";
export type {HeightRange} from "./height-ranges.ts";
export type {HistoryGap} from "./history-gap.ts";
export {inspectChain} from "./inspect-chain.ts";
export {keepNumber, keptNumber} from "./kept-number.ts";
export {type ChainFolders, chainFolders, databaseFile} from "./layout.ts";
export {
  type ChainStoreOptions,
  type CommitFailure,
  genesisHashOf,
  type NewBlock,
} from "./new-block.ts";
export {
  createMemoryChainStore,
  createReopenableChain,
  type Genesis,
  type OpenedChain,
  openChainStore,
} from "./open-chain-store.ts";
export type {HeldRanges, Pruning, PruningStatus} from "./pruning.ts";
export {
  type BlocksPruning,
  formatPruning,
  KEEP_ALL,
  type PruningPolicy,
  parseBlocksPruning,
  parseStatePruning,
  type SparedPallet,
  type StatePruning,
} from "./pruning-policy.ts";
export {purgeChain} from "./purge.ts";

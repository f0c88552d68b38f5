/**
 * Where the chain is kept: blocks, their states, the best chain through them and what is final.
 *
 * `openChainStore` opens (or begins) a chain under a base path, `createMemoryChainStore` makes one that ends with the
 * process. Both give a `ChainStore`, whose writes are seen at once and reach the disk in order, several in one
 * transaction when they come fast. So after a crash the database holds a prefix of what was committed, never part of
 * a step. Await `flushed` before announcing a block, `room` before making the next one.
 *
 * Layout: one ordered map (`keys.ts`), in which some kinds of keys have a tree of their own (`own-trees.ts`). A state is kept as trie
 * nodes, each once, under a number that rises with every node; a branch's record has its children's numbers, or places, beside its
 * encoding. So what a block adds is written at one end of the file (keyed by hash or by path, a block that touches a thousand
 * accounts among a million would rewrite a thousand pages: ten times the time), and reading goes from record to record by short keys.
 *
 * What is kept of the past the operator says (`pruning-policy.ts`) and may change at any time, since nothing has to be prepared
 * for it: a place is used once, a node that two states share has the same place in both and stands at the same path, and what a
 * state added has higher places than all that the one before has. So when a state goes, it is compared with the one that was built
 * on it: what that took over is found by walking what it added (`inheritedPlaces`), and the rest of the state that goes is removed
 * (`heldPlaces`). It costs what the block changed, without counts of references and without a journal. States off the best chain
 * lose what they added over their parents, from their ends downwards, and before those that they stand on. Values outside their nodes
 * and the top nodes of child tries have places as well, in the record of the node that refers to them: by key and hash, as they
 * went in layout 1, a value that comes back would be one entry for two states. A state of layout 1 is read as it is; what of it has
 * no place is left where it is when it goes.
 *
 * A height below the floor counts as gone at once, and is removed step by step (`Sweeper`), what stands below a node before the node:
 * each step is one atomic write with how far it came, so whoever is killed goes on, and no state above the floor ever lacks a node.
 * What is in use is pinned, and holds the floor. Runtimes of states that went stay (`FormerRuntimes`), and so do pallets that are to
 * be read at all heights. Headers, heights and the best chain always stay, as do proofs of finality, of which `core` keeps
 * only those that somebody needs.
 *
 * A changed byte never becomes an answer. Nodes and values of states are compared with their hashes as they are read (the places in a
 * record stand for nothing that could be checked: a wrong one leads to a node with another hash), all other rows with a checksum
 * (`CheckedRows`). LMDB's own pages have none, so that a row which is there may not be found: what has to be there (`ExpectedRows`,
 * `KnownBlocks`, the list of the node's own values) and is not is damage as well, and no "there is none". Pages that would end the
 * process by a signal are found by following them all (`page-walk.ts`), where the process before did not end well. `Scrub` looks at
 * what nobody asks for, and puts back what peers have of it; `check/` looks at all there is, and mends it. The file itself never becomes
 * smaller while it is used: `compactOnDisk` writes another one.
 * Beside the tries of a large state stands a sorted map of its newest versions (`flat-index`), for whoever reads and builds nothing on what
 * it reads (`ChainStore.indexed`). A program that knows nothing of it passes over its entries and leaves them as they are; where that
 * pruned the state that they are of, they are made anew.
 *
 * That a chain was begun is written outside of the database as well (`chain-marker.ts`): one that got lost is not begun
 * anew unasked.
 *
 * Out of scope: what headers and extrinsics mean (bytes here), which block is best (`consensus`), keys (`keystore`).
 */
export type {BestChange} from "./best-chain.ts";
export type {BlockRecord} from "./block-record.ts";
export type {BlockRef, BlockStore} from "./block-store.ts";
export {beganWith} from "./chain-marker.ts";
export {ChainStore} from "./chain-store.ts";
export {
  type CheckProgress,
  checkOnDisk,
  type Damage,
  type DiskCheck,
  describeDamage,
  isOwnValue,
  type RepairSource,
  type SourceBlock,
  SourceGone,
} from "./check/index.ts";
export {type Compacted, type CompactProgress, compactOnDisk} from "./compact-database.ts";
export type {CompositionCount, KindSize} from "./composition.ts";
export {type DirectoryLock, type LockFailure, lockHolder} from "./directory-lock.ts";
export {
  BEGIN_ANEW,
  describeOpenFailure,
  type OpenFailure,
  openFailureReport,
  StoreFault,
  type StoreFaultCode,
} from "./failures.ts";
export {FlatIndex, type FlatIndexStatus, INDEX_PACE, type IndexPace} from "./flat-index/index.ts";
export {checkFreeSpace, type DiskLow, freeSpace} from "./free-space.ts";
export type {HeightRange} from "./height-ranges.ts";
export type {HistoryGap} from "./history-gap.ts";
export {inspectChain} from "./inspect-chain.ts";
export {keepNumber, keptNumber} from "./kept-number.ts";
export {type ChainFolders, chainFolders, databaseFile} from "./layout.ts";
export type {Lost, ScrubDamage} from "./lost.ts";
export type {RowMending} from "./mend-rows.ts";
export type {HeaderFacts} from "./mended-record.ts";
export {
  type ChainStoreOptions,
  type CommitFailure,
  genesisHashOf,
  type LeapBlock,
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
export type {Scrub} from "./scrub.ts";
export type {StateImport, StateImports, UnfinishedImport} from "./state-import.ts";
export type {StateRef} from "./state-store.ts";

/**
 * The chain's state as a runtime sees it while it executes: `Externalities`, and `Overlay`, which implements them
 * over the unchanging state of some block. Writes, nested transactions, appends and the order of keys live in the
 * overlay; its `outcome` is the next state with its root, ready to be stored or thrown away.
 *
 * What an overlay lies over is a `StateView`: a top trie, and child tries by their names, whose roots stand in the top
 * trie. It answers reads, proves, tells differences and makes the next state; nobody needs to know whether a trie, an index
 * (`IndexedState`) or another node stands behind it. The next state is a `TrieState` in any case, since a root is that of a trie. A view can be
 * `recorded`: what is read through it is then the proof by which others can do the same.
 *
 * An overlay serves one execution. When a runtime traps in the middle, drop the overlay: there is nothing to undo but
 * the transactions that it left open, which `fenced` sees to.
 *
 * Out of scope: where states are kept (`store`), what keys mean (`runtime`), kinds of child tries but the default one.
 */
export {
  type Change,
  type Difference,
  ProofRecorder,
  type StateEdge,
  type StateRow,
  type StateRowsFailure,
  type StateSection,
  type StateStart,
  type StateVersion,
} from "#trie";
export {childNameOf, childRootKey} from "./child-roots.ts";
export {
  type ChildName,
  type ChildState,
  type Cleared,
  type Externalities,
  NoTransaction,
  type StorageKey,
} from "./externalities.ts";
export {ASK_TRIE, type IndexCursor, IndexedState, type StateIndex} from "./indexed-state.ts";
export {keysBelow} from "./keys-below.ts";
export {KnownEntries, type KnownEntry} from "./known-entries.ts";
export {memoryState} from "./memory-state.ts";
export {Overlay, type OverlayOptions, type StateOutcome} from "./overlay.ts";
export type {StateChanges, StateView, TrieView} from "./state-view.ts";
export {keptOpen, type OpenChild, stateViewOf, TrieState} from "./trie-state.ts";
export {WithinPrefixes} from "./within-prefixes.ts";

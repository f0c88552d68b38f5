/**
 * The chain's state as a runtime sees it while it executes: `Externalities`, and `Overlay`, which implements them
 * over the unchanging state of some block. Writes, nested transactions, appends and the order of keys live in the
 * overlay; its `outcome` is the next state with its root, ready to be stored or thrown away.
 *
 * An overlay serves one execution. When a runtime traps in the middle, drop the overlay: there is nothing to undo.
 *
 * Out of scope: where states are kept (`store`), what keys mean (`runtime`), child tries (no chain of ours has any).
 */
export type {Change, StateVersion} from "#trie";
export {type Cleared, type Externalities, NoTransaction, type StorageKey} from "./externalities.ts";
export {keysBelow} from "./keys-below.ts";
export {memoryState} from "./memory-state.ts";
export {Overlay, type OverlayOptions, type StateOutcome} from "./overlay.ts";
export {type StateView, stateViewOf} from "./state-view.ts";

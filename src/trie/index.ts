/**
 * The Merkle trie that turns a state into 32 bytes: base 16, Patricia, as Substrate encodes it, with both ways of
 * keeping values (spec/pallets §17).
 *
 * A `Trie` is a value. `update` gives another one that shares every node that did not change, so the state after
 * each of several rival blocks costs what those blocks changed. Nodes are read from a `NodeSource` when first
 * walked over, may be dropped again by `shed`, and are encoded and hashed once, when a root is asked for.
 *
 * A node is stored once, under a `Place` that the store chose, and its parent's record names that place: so what a
 * block adds lies together, and a node belongs to one place in one history, which makes it safe to delete.
 *
 * Two ways things go missing: a key that is not there is `undefined`; a node that should be there and is not is a
 * `TrieFault`, since then the source is damaged or a proof too short. `verifyProof` turns the latter into a value.
 *
 * Reading can be recorded (`ProofRecorder`): what was come upon is then the proof by which others read the same, and in its
 * compact form (`encodeCompactProof`) the one by which a relay chain's validators judge a block. A range is
 * proved in pieces, of one trie (`readRangeProof`) or of a state with the child tries whose roots stand in it
 * (`proveStateRange`, `readStateRange`). A state also travels as its rows (`stateRows`), of which one that comes in order is built
 * without being held in memory (`StateBuilder`): at any row, what is said to come after it (`RightEdge`) gives the root.
 *
 * Out of scope: what keys mean but that some are roots, where nodes are kept (`store`), changes not yet decided on (`state`).
 */
export type {FreshNode, FreshNodes, FreshValue, NextPlace, Placing} from "./collect.ts";
export {
  type CompactProof,
  type CompactProofFailure,
  decodeCompactProof,
  encodeCompactProof,
  type ProofItems,
} from "./compact-proof.ts";
export {decodeNode, type NodeFailure} from "./decode-node.ts";
export type {Difference} from "./differences.ts";
export {type Change, type StateVersion, sortChanges} from "./edits.ts";
export {GatheredTrie} from "./gathered-trie.ts";
export type {HashFunction} from "./hash-function.ts";
export {
  type Held,
  heldPlaces,
  inheritedPlaces,
  type Link,
  type SparedPrefixes,
  type TopNode,
} from "./held-places.ts";
export {isChildRoot} from "./is-child-root.ts";
export {type PlaceSlot, placeSlots, placesIn, recordOfNode} from "./place-slots.ts";
export type {Place} from "./places.ts";
export {ProofRecorder} from "./proof-recorder.ts";
export {proveStateRange, type StateStart} from "./prove-state-range.ts";
export {type ProvedRange, type RangeProofFailure, readRangeProof} from "./read-range-proof.ts";
export {type ProvedStateRange, readStateRange} from "./read-state-range.ts";
export type {EdgeBranch, RightEdge} from "./right-edge.ts";
export {
  NO_SOURCE,
  type NodeSource,
  TrieFault,
  type TrieFaultCode,
  whileReadingChild,
} from "./source.ts";
export {
  StateBuilder,
  type StateEdge,
  type StateMemory,
  type StateRow,
  type StateRowsFailure,
} from "./state-builder.ts";
export {decodeStateMemory, encodeStateMemory} from "./state-memory.ts";
export {type StateSection, stateRows} from "./state-rows.ts";
export {encodingOf, isOnWayTo, type StoredPart, storedParts} from "./stored-parts.ts";
export {listRoot, Trie, trieRoot} from "./trie.ts";
export {
  type BuilderMemory,
  type NodeSink,
  type OpenBranch,
  TrieBuilder,
  type ValueForm,
} from "./trie-builder.ts";
export {verifyEntry} from "./verify-entry.ts";
export {openProof, type ProofFailure, verifyProof} from "./verify-proof.ts";

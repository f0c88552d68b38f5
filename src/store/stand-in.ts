import {equalBytes, invariant} from "#base";
import type {TrieState} from "#state";
import type {Change, StateVersion} from "#trie";
import type {BlockStore} from "./block-store.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import type {NewBlock} from "./new-block.ts";
import type {StateStore} from "./state-store.ts";

/**
 * The block 0 of a chain that begins later: it stands for all blocks below the first one, is its parent, and gives the chain its
 * identity. Its state is the first block's but for `changes`, and is kept as that.
 */
export interface StandIn {
  /** 32 bytes. */
  readonly hash: Uint8Array;
  readonly header: Uint8Array;
  readonly stateRoot: Uint8Array;
  /** In the order of their keys. */
  readonly changes: readonly Change[];
  readonly stateVersion: StateVersion;
}

/** Name of the value that says which block a chain began with, where that stands on another one. */
export const FIRST_BLOCK = "first";

/** What to write of the block below the first one, whose state is given; none where there is no such block. */
export function standInWrites(
  {hash: first, genesis}: NewBlock,
  state: TrieState,
  {states, blocks}: {readonly states: StateStore; readonly blocks: BlockStore},
): Write[] {
  if (genesis === undefined) return [];
  const {hash, header, stateRoot, changes, stateVersion} = genesis;
  const before = state.update({top: changes, children: new Map()}, stateVersion);
  invariant(equalBytes(before.root(), stateRoot), "the state is the one that its header names");
  const {writes, state: kept} = states.take(before);
  const parentHash = new Uint8Array(hash.length);
  const record = {
    hash,
    number: 0,
    parentHash,
    stateRoot,
    statePlace: kept.place,
    hasProof: false,
    header,
  };
  return [
    ...writes,
    ...blocks.writesOf(record, []),
    [keys.canonical(0), hash],
    [keys.meta(FIRST_BLOCK), first],
  ];
}

import {bytesToBinary, concatBytes, err, ok, type Report, type Result} from "#base";
import {decode, encode, u32} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, type Header, header as headerCodec, itemKey, REHEARSAL_KEY} from "#primitives";
import {memoryState, type StateVersion, type TrieState} from "#state";
import type {NewBlock} from "#store";
import {trieRoot} from "#trie";
import type {SpecGenesis} from "./chain-spec.ts";
import {type FirstState, firstState, type GenesisMakers} from "./first-state.ts";
import {genesisStateVersion} from "./genesis-state-version.ts";

export interface GenesisBlock {
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly hash: Hash;
  readonly state: TrieState;
  /** The block 0 below it, where it is not that itself. */
  readonly genesis?: NewBlock["genesis"];
}

/** Block 0: no parent, no extrinsics, no digest (spec/network §2.1). */
export function genesisBlock(
  {top, children}: FirstState,
  stateVersion: StateVersion,
  hashing: Hashing,
): GenesisBlock {
  const hash = (data: Uint8Array) => hashing.blockHash(data);
  const state = memoryState(top, hash, stateVersion, children);
  const header: Header = {
    parentHash: new Uint8Array(32),
    number: 0,
    stateRoot: state.root(),
    extrinsicsRoot: trieRoot(hash, [], 0),
    digest: [],
  };
  const headerBytes = encode(headerCodec, header);
  return {header, headerBytes, hash: hash(headerBytes), state};
}

/**
 * Genesis as a store begins with it. Fails where the first state cannot be built, holds no runtime, or one that does not say
 * its layout.
 */
export function genesisToStore(
  genesis: SpecGenesis,
  makers: GenesisMakers,
): Result<NewBlock, Report> {
  const first = firstState(genesis, makers);
  if (!first.ok) return first;
  const version = genesisStateVersion(first.value.top);
  if (!version.ok) {
    return err({
      code: "chain-not-runnable",
      what: `the chain's first state cannot be laid out: ${version.error}`,
      did: "not started, wrote nothing",
      todo: "correct the chain spec, or run the program that knows this version",
    });
  }
  const number = laterNumber(first.value, makers.hashing);
  const made =
    number === undefined
      ? genesisBlock(first.value, version.value, makers.hashing)
      : laterBlock(first.value, number, version.value, makers.hashing);
  const {hash, header, headerBytes, state, genesis: below} = made;
  return ok({
    hash,
    number: header.number,
    parentHash: header.parentHash,
    header: headerBytes,
    body: [],
    state,
    ...(below === undefined ? {} : {genesis: below}),
  });
}

/**
 * Of a rehearsal, the number of the block that its state is of, where that is above 0: the state was exported from a chain that
 * runs, and agendas, terms and periods in it count on from there.
 */
function laterNumber({top}: FirstState, hashing: Hashing): number | undefined {
  const stored = top.has(REHEARSAL_KEY) ? top.get(itemKey(hashing, "System", "Number")) : undefined;
  const number = stored === undefined ? undefined : decode(u32, stored);
  return number?.ok && number.value > 0 ? number.value : undefined;
}

/**
 * A block of that number over a state that another chain came to. Nobody has the blocks below it, so that one of ours stands for
 * all of them, as block 0, over the state as it came. In the block's own state `System.BlockHash` of 0, which signatures are
 * bound to, becomes its hash, or what is signed here would be valid there.
 */
function laterBlock(
  {top, children}: FirstState,
  number: number,
  stateVersion: StateVersion,
  hashing: Hashing,
): GenesisBlock {
  const standIn = genesisBlock({top, children}, stateVersion, hashing);
  const zero = encode(u32, 0);
  const key =
    itemKey(hashing, "System", "BlockHash") +
    bytesToBinary(concatBytes(hashing.twox64(zero), zero));
  const changed = {top: [[key, standIn.hash] as const], children: new Map()};
  const state = standIn.state.update(changed, stateVersion);
  const header: Header = {
    ...standIn.header,
    parentHash: standIn.hash,
    number,
    stateRoot: state.root(),
  };
  const headerBytes = encode(headerCodec, header);
  const genesis = {
    hash: standIn.hash,
    header: standIn.headerBytes,
    stateRoot: standIn.header.stateRoot,
    changes: [[key, top.get(key)] as const],
    stateVersion,
  };
  return {header, headerBytes, hash: hashing.blockHash(headerBytes), state, genesis};
}

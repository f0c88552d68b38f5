import {err, ok, type Report, type Result} from "#base";
import {encode} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, type Header, header as headerCodec} from "#primitives";
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
  const {hash, header, headerBytes, state} = genesisBlock(
    first.value,
    version.value,
    makers.hashing,
  );
  return ok({
    hash,
    number: 0,
    parentHash: header.parentHash,
    header: headerBytes,
    body: [],
    state,
  });
}

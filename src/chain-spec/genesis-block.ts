import {type BinaryString, err, ok, type Report, type Result} from "#base";
import {encode} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import {memoryState, type StateVersion, type TrieState} from "#state";
import type {NewBlock} from "#store";
import {trieRoot} from "#trie";
import type {GenesisEntries, SpecGenesis} from "./chain-spec.ts";
import {genesisStateVersion} from "./genesis-state-version.ts";
import {presetEntries} from "./presets/preset-genesis.ts";

type GenesisChildren = ReadonlyMap<BinaryString, GenesisEntries>;

const NO_CHILDREN: GenesisChildren = new Map();

export interface GenesisBlock {
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly hash: Hash;
  readonly state: TrieState;
}

/** Every key and value of the first state but those of child tries. */
export function genesisEntries(
  genesis: SpecGenesis,
  hashing: Hashing,
): ReadonlyMap<BinaryString, Uint8Array> {
  if (genesis.kind === "raw") return genesis.top;
  return presetEntries(genesis, hashing);
}

/** What child tries the first state has, by their names. */
export function genesisChildren(genesis: SpecGenesis): GenesisChildren {
  return genesis.kind === "raw" ? genesis.children : NO_CHILDREN;
}

/** Block 0: no parent, no extrinsics, no digest (spec/network §2.1). */
export function genesisBlock(
  entries: ReadonlyMap<BinaryString, Uint8Array>,
  stateVersion: StateVersion,
  hashing: Hashing,
  children: GenesisChildren = NO_CHILDREN,
): GenesisBlock {
  const hash = (data: Uint8Array) => hashing.blake2b256(data);
  const state = memoryState(entries, hash, stateVersion, children);
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

/** Genesis as a store begins with it. Fails where the first state holds no runtime, or one that does not say its layout. */
export function genesisToStore(genesis: SpecGenesis, hashing: Hashing): Result<NewBlock, Report> {
  const entries = genesisEntries(genesis, hashing);
  const version = genesisStateVersion(entries);
  if (!version.ok) {
    return err({
      code: "chain-not-runnable",
      what: `the chain's first state cannot be laid out: ${version.error}`,
      did: "not started, wrote nothing",
      todo: "correct the chain spec, or run the program that knows this version",
    });
  }
  const {hash, header, headerBytes, state} = genesisBlock(
    entries,
    version.value,
    hashing,
    genesisChildren(genesis),
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

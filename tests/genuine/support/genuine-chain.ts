import assert from "node:assert/strict";
import {bytesToHex, slot as slotOf, unwrap} from "#base";
import {genesisBlock, genesisChildren, genesisEntries, parseChainSpec} from "#chain-spec";
import {decode, encode, u32, u64} from "#codec";
import {preDigest} from "#consensus";
import {createNativeHashing, createNativeSignatureVerifier} from "#crypto-native";
import {type Header, headerHash, type InherentData, itemKey, TIMESTAMP_INHERENT} from "#primitives";
import {
  applyExtrinsic,
  type Block,
  checkInherents,
  executeBlock,
  finalizeBlock,
  inherentExtrinsics,
  initializeBlock,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import {Overlay, type StateVersion, type TrieState} from "#state";
import {createRuntime, type WasmRuntimeOfVersion} from "#wasm-runtime";
import {PARACHAIN_INHERENT, relayInherent} from "./relay-inherent.ts";

export const hashing = await createNativeHashing();
export const signatures = createNativeSignatureVerifier(hashing);
const services = {hashing, signatures, versionOf: () => undefined};

/** A block's header and the state after it. */
export interface Head {
  readonly header: Header;
  readonly state: TrieState;
}

/** A chain of genuine code: made by hand, block by block, without a node. */
export class GenuineChain {
  readonly runtime: WasmRuntimeOfVersion;
  readonly genesis: Head;
  readonly stateVersion: StateVersion;
  head: Head;

  /** `text`: a raw chain spec. */
  constructor(text: string) {
    const {spec} = unwrap(parseChainSpec(text));
    const entries = genesisEntries(spec.genesis, hashing);
    this.runtime = unwrap(createRuntime(entries.get(":code")!, services));
    const {stateVersion} = this.runtime.version;
    assert.ok(stateVersion === 0 || stateVersion === 1);
    this.stateVersion = stateVersion;
    this.genesis = genesisBlock(entries, stateVersion, hashing, genesisChildren(spec.genesis));
    this.head = this.genesis;
  }

  host(state: TrieState): RuntimeHost & {readonly state: Overlay} {
    return {
      state: new Overlay(state),
      verifySignature: ({scheme, signature, message, account}) =>
        signatures.verify(scheme, signature, message, account),
    };
  }

  call(name: string, args: Uint8Array = new Uint8Array(0), {state}: Head = this.head): Uint8Array {
    return unwrap(this.runtime.call(name, args, this.host(state)));
  }

  /** Milliseconds of a slot. */
  get slotDuration(): number {
    return Number(unwrap(decode(u64, this.call("AuraApi_slot_duration"))));
  }

  /** Makes the block of a slot on the head: inherents, and these extrinsics. */
  makeBlock(slot: number, transactions: readonly Uint8Array[] = []): {block: Block; after: Head} {
    const parent = this.head;
    const host = this.host(parent.state);
    const nothing = new Uint8Array(32);
    const opened: Header = {
      parentHash: headerHash(parent.header, hashing),
      number: parent.header.number + 1,
      stateRoot: nothing,
      extrinsicsRoot: nothing,
      digest: [preDigest(slotOf(slot))],
    };
    unwrap(initializeBlock(this.runtime, host, opened));
    const inherents = unwrap(inherentExtrinsics(this.runtime, host, this.inherentData(slot)));
    const extrinsics = [...inherents, ...transactions];
    for (const extrinsic of extrinsics) {
      const applied = unwrap(unwrap(applyExtrinsic(this.runtime, host, extrinsic)));
      assert.equal(JSON.stringify(applied), JSON.stringify({ok: true}));
    }
    const header = unwrap(finalizeBlock(this.runtime, host));
    const {state, root} = host.state.outcome(this.stateVersion);
    assert.equal(bytesToHex(root), bytesToHex(header.stateRoot));
    return {block: {header, extrinsics}, after: {header, state}};
  }

  /** Executes a block as whoever imports it, on its parent's state, and goes on from there. */
  importBlock(block: Block, runtime: Runtime = this.runtime): void {
    const host = this.host(this.head.state);
    unwrap(executeBlock(runtime, host, block));
    const {state, root} = host.state.outcome(this.stateVersion);
    assert.equal(bytesToHex(root), bytesToHex(block.header.stateRoot));
    this.head = {header: block.header, state};
  }

  checkInherents(block: Block, slot: number) {
    return unwrap(
      checkInherents(this.runtime, this.host(this.head.state), block, this.inherentData(slot)),
    );
  }

  inherentData(slot: number): InherentData {
    const millis = slot * this.slotDuration;
    const paraId = this.head.state.get(itemKey(hashing, "ParachainInfo", "ParachainId"));
    const data = new Map([[TIMESTAMP_INHERENT, encode(u64, BigInt(millis))]]);
    if (paraId === undefined) return data;
    const relay = {paraId: unwrap(decode(u32, paraId)), parent: this.head.header, millis};
    return data.set(PARACHAIN_INHERENT, relayInherent(hashing, relay));
  }
}

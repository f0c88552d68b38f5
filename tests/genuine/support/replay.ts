import assert from "node:assert/strict";
import {
  type BinaryString,
  bytesToBinary,
  bytesToHex,
  concatBytes,
  type Hex,
  hex,
  unwrap,
  utf8Bytes,
} from "#base";
import {buildRuntimeGenesis, genesisEntries, parseChainSpec} from "#chain-spec";
import {decode, encode} from "#codec";
import {verifyMultiSignature} from "#crypto";
import {header as headerCodec, itemKey, opaqueExtrinsic, transactionSource} from "#primitives";
import {block as blockCodec, type RuntimeHost} from "#runtime-api";
import {memoryState, Overlay, type StateVersion, type TrieState} from "#state";
import {createRuntime, type WasmRuntimeOfVersion} from "#wasm-runtime";
import {hashing, signatures} from "./genuine-chain.ts";
import type {RecordedBlock, RecordedExtrinsic, Recording} from "./recording.ts";
import {writtenByHand} from "./written-by-hand.ts";

const blake2b256 = (data: Uint8Array) => hashing.blake2b256(data);
const NOTHING = new Uint8Array(0);
const ZERO = new Uint8Array(32);
const prefixOf = (pallet: string) => bytesToBinary(hashing.twox128(utf8Bytes(pallet)));
const EVENTS = itemKey(hashing, "System", "Events");

/** The runtime of a chain spec, and the entries that its genesis begins with. */
export interface GenuineSpec {
  readonly runtime: WasmRuntimeOfVersion;
  readonly entries: ReadonlyMap<BinaryString, Uint8Array>;
}

export function readSpec(text: string): GenuineSpec {
  const {spec} = unwrap(parseChainSpec(text, buildRuntimeGenesis));
  const entries = genesisEntries(spec.genesis, hashing);
  return {entries, runtime: unwrap(createRuntime(entries.get(":code")!, {hashing, signatures}))};
}

/**
 * The genesis that was recorded from: that of the spec, with all of the recorded pallets but what recordings leave out in
 * its place, and the authorities of two pallets alike.
 */
function genesisOf({entries}: GenuineSpec, recording: Recording): Map<BinaryString, Uint8Array> {
  const all = new Map(entries);
  const kept = ["Events", "EventCount", "EventTopics", "BlockHash", "ExtrinsicData"].map(item =>
    itemKey(hashing, "System", item),
  );
  for (const [pallet, items] of Object.entries(recording.genesis.storage)) {
    const prefix = prefixOf(pallet);
    for (const key of all.keys()) {
      if (key.startsWith(prefix) && !kept.some(one => key.startsWith(one))) all.delete(key);
    }
    for (const [key, value] of Object.entries(items)) all.set(bytesToBinary(hex(key)), hex(value));
  }
  const authorities = all.get(itemKey(hashing, "Aura", "Authorities"));
  const mirrored = itemKey(hashing, "AuraExt", "Authorities");
  if (authorities !== undefined && all.has(mirrored)) all.set(mirrored, authorities);
  return all;
}

/** Replays a recording on the code that it is of. Each block is made as the recorder did, and then imported as a whole. */
export class Replay {
  readonly #runtime: WasmRuntimeOfVersion;
  readonly #recording: Recording;
  readonly #inherents: ReadonlyMap<Hex, Hex>;
  readonly #version: StateVersion;
  #state: TrieState;

  constructor(spec: GenuineSpec, recording: Recording, inherents: ReadonlyMap<Hex, Hex>) {
    this.#runtime = spec.runtime;
    this.#recording = recording;
    this.#inherents = inherents;
    this.#version = spec.runtime.version.stateVersion as StateVersion;
    this.#state = memoryState(genesisOf(spec, recording), blake2b256, this.#version);
  }

  checkGenesis(): void {
    assert.equal(bytesToHex(this.#state.root()), this.#recording.genesis.stateRoot);
  }

  block(block: RecordedBlock): void {
    this.#writeByHand(block);
    const parent = this.#state;
    const where = `block ${block.number}`;
    for (const extrinsic of block.extrinsics) this.#validate(extrinsic, block, where);
    const host = this.#host();
    const digest = {type: "PreRuntime", value: [utf8Bytes("aura"), hex(block.preRuntimeDigest[1])]};
    const opening = {
      parentHash: hex(block.header.parentHash),
      number: block.number,
      stateRoot: ZERO,
      extrinsicsRoot: ZERO,
      digest: [digest as never],
    };
    unwrap(this.#call(host, "Core_initialize_block", encode(headerCodec, opening)));
    const body: Uint8Array[] = [];
    for (const extrinsic of block.extrinsics) {
      const bytes = this.#bytesOf(extrinsic);
      host.state.begin();
      const applied = this.#call(host, "BlockBuilder_apply_extrinsic", bytes);
      const raw = applied.ok ? bytesToHex(applied.value) : undefined;
      assert.equal(raw, extrinsic.result.raw, `${where}: ${bytesToHex(bytes)}`);
      if (extrinsic.included === false) {
        host.state.rollback();
      } else {
        host.state.commit();
        body.push(unwrap(decode(opaqueExtrinsic, bytes)));
      }
    }
    const finished = unwrap(this.#call(host, "BlockBuilder_finalize_block", NOTHING));
    assert.equal(bytesToHex(finished), block.headerRaw, where);
    const {state, root} = host.state.outcome(this.#version);
    const header = unwrap(decode(headerCodec, finished));
    assert.equal(bytesToHex(root), bytesToHex(header.stateRoot), where);
    assert.equal(bytesToHex(state.get(EVENTS) ?? NOTHING), block.eventsRaw, where);
    this.#state = parent;
    const importing = this.#host();
    const whole = encode(blockCodec, {header, extrinsics: body});
    unwrap(this.#call(importing, "Core_execute_block", whole));
    assert.equal(bytesToHex(importing.state.outcome(this.#version).root), bytesToHex(root), where);
    this.#state = state;
  }

  #writeByHand(block: RecordedBlock): void {
    const overlay = new Overlay(this.#state);
    for (const [key, value] of writtenByHand(hashing, this.#recording, block)) {
      if (value === undefined) overlay.remove(key);
      else overlay.set(key, value);
    }
    this.#state = overlay.outcome(this.#version).state;
  }

  #validate(extrinsic: RecordedExtrinsic, {header}: RecordedBlock, where: string): void {
    const expected = extrinsic.validateTransaction?.raw;
    if (expected === undefined) return;
    const args = concatBytes(
      encode(transactionSource, "External"),
      this.#bytesOf(extrinsic),
      hex(header.parentHash),
    );
    const name = "TaggedTransactionQueue_validate_transaction";
    const answer = unwrap(this.#call(this.#host(), name, args));
    assert.equal(bytesToHex(answer), expected, where);
  }

  #bytesOf({hex: written, blake2_256, hash, encodedLength}: RecordedExtrinsic): Uint8Array {
    const [whole, cut] = (written ?? this.#inherents.get(blake2_256!)!).split("\u2026");
    if (cut === undefined) return hex(whole!);
    // What is too long to be written out is zeros from there on; the hash says whether it is.
    const bytes = new Uint8Array(encodedLength);
    bytes.set(hex(whole!));
    assert.equal(bytesToHex(hashing.blake2b256(bytes)), hash);
    return bytes;
  }

  #host(): RuntimeHost & {readonly state: Overlay} {
    return {
      state: new Overlay(this.#state),
      verifySignature: ({scheme, signature, message, account}) =>
        verifyMultiSignature({hashing, signatures}, scheme, signature, message, account),
      // As it was recorded: without a proof, and with a host that counted one.
      proofSize: () => 0n,
    };
  }

  #call(host: RuntimeHost, name: string, args: Uint8Array) {
    return this.#runtime.call(name, args, host);
  }
}

import assert from "node:assert/strict";
import {binaryToHex, bytesToHex, concatBytes, type Hex, hex, hexToBytes, ok} from "#base";
import {compactU32, decode, encode, u32, u64} from "#codec";
import {type CryptoSuite, verifyMultiSignature} from "#crypto";
import {type DigestItem, header as headerCodec, transactionSource} from "#primitives";
import type {CollatorChain} from "#runtime";
import {createRuntime} from "#runtime";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import {BetweenPhases, type DifferencesBetween} from "./between-phases.ts";
import {timestampSet} from "./block-attempt.ts";
import {readEvents, recordedEvents} from "./recorded-events.ts";
import {RecordedStorage} from "./recorded-storage.ts";
import {compareSummary} from "./recorded-summary.ts";
import type {RecordedBlock, RecordedExtrinsic, SteppedBlock, Vector} from "./vector.ts";

/** Items that the recorded runtime keeps and ours does not, or not alike; see DIFFERENCES.md. */
export interface Differences {
  /** Recorded extrinsic index → ours; undefined where the extrinsic is not ours. */
  readonly phaseOf: (recorded: number) => number | undefined;
  /** Whether a storage key is compared at all. */
  readonly isCompared: (key: Hex) => boolean;
  /** What we must hold where another value is recorded, in the block of that number. */
  readonly expected?: (key: Hex, recorded: Hex, block: number) => Hex;
  /** The same for states in the middle of a block. */
  readonly between: DifferencesBetween;
}

/** State that the recorder wrote by hand before a block; undefined removes the key. */
export type Override = readonly [key: string, value: Uint8Array | undefined];

export interface Conformance {
  readonly chain: CollatorChain;
  readonly crypto: CryptoSuite;
  readonly differences: Differences;
  readonly overridesBefore?: (vector: string, block: number) => readonly Override[];
}

const ZERO = new Uint8Array(32);
const AURA_ENGINE = hex("0x61757261");

/** The parachain's inherent. */
function isForeign({inherent}: RecordedExtrinsic): boolean {
  return inherent !== undefined && inherent !== "timestamp.set";
}

function at(text: Hex): Uint8Array {
  return hex(text);
}

function stateVersionOf(chain: CollatorChain): 0 | 1 {
  return chain.composition.version.stateVersion === 1 ? 1 : 0;
}

/** Replays one recording on our pallets and compares all that DIFFERENCES.md does not name, block by block. */
export class Replay {
  readonly #vector: Vector;
  readonly #conformance: Conformance;
  readonly #runtime: Runtime;
  #state: StateView;
  readonly #recorded: RecordedStorage;

  constructor(vector: Vector, conformance: Conformance) {
    this.#vector = vector;
    this.#conformance = conformance;
    this.#runtime = createRuntime(conformance.chain);
    this.#recorded = new RecordedStorage(vector);
    this.#state = this.#recorded.view(conformance.chain);
  }

  run(): void {
    const {blocks, stepped = []} = this.#vector;
    const steps = [
      ...blocks.map(block => ({number: block.number, run: () => this.#block(block)})),
      ...stepped.map(block => ({number: block.number, run: () => this.#step(block)})),
    ];
    for (const {run} of steps.sort((a, b) => a.number - b.number)) run();
  }

  #host(state: Overlay): RuntimeHost {
    const {crypto} = this.#conformance;
    return {
      state,
      verifySignature: ({scheme, signature, message, account}) =>
        verifyMultiSignature(crypto, scheme, signature, message, account),
    };
  }

  #call(host: RuntimeHost, name: string, args: Uint8Array): Hex | "trap" {
    const result = this.#runtime.call(name, args, host);
    if (result.ok) return bytesToHex(result.value);
    assert.notEqual(result.error.code, "function-not-found", name);
    return "trap";
  }

  #override(block: number): void {
    const overrides = this.#conformance.overridesBefore?.(this.#vector.id, block) ?? [];
    const overlay = new Overlay(this.#state);
    for (const [key, value] of overrides) {
      if (value === undefined) overlay.remove(key);
      else overlay.set(key, value);
    }
    this.#state = overlay.outcome(stateVersionOf(this.#conformance.chain)).state;
  }

  /** A block with nothing but its time, of which nothing is recorded: what it leaves shows in the blocks after it. */
  #step({number, slot, parentHash}: SteppedBlock): void {
    const where = `block ${number}, stepped`;
    const overlay = new Overlay(this.#state);
    const host = this.#host(overlay);
    this.#initialize(host, {number, parentHash, aura: encode(u64, BigInt(slot))}, where);
    const time = timestampSet(slot * Number(this.#conformance.chain.config.slotDuration));
    assert.equal(this.#call(host, "BlockBuilder_apply_extrinsic", time), "0x0000", where);
    this.#finalize(host, overlay, where);
  }

  #initialize(
    host: RuntimeHost,
    {number, parentHash, aura}: {number: number; parentHash: Hex; aura: Uint8Array},
    where: string,
  ): void {
    const digest: DigestItem[] = [{type: "PreRuntime", value: [AURA_ENGINE, aura]}];
    const parent = at(parentHash);
    const opening = {parentHash: parent, number, stateRoot: ZERO, extrinsicsRoot: ZERO, digest};
    const answer = this.#call(host, "Core_initialize_block", encode(headerCodec, opening));
    assert.equal(answer, "0x", where);
  }

  /** The header, with the state moved on to what the block left. */
  #finalize(host: RuntimeHost, overlay: Overlay, where: string): Hex {
    const header = this.#call(host, "BlockBuilder_finalize_block", new Uint8Array(0));
    assert.ok(header !== "trap", where);
    this.#state = overlay.outcome(stateVersionOf(this.#conformance.chain)).state;
    return header;
  }

  #block(block: RecordedBlock): void {
    this.#override(block.number);
    const parent = this.#state;
    const where = `block ${block.number}`;
    const overlay = new Overlay(parent);
    const host = this.#host(overlay);
    const {number, parentHash} = block;
    this.#initialize(host, {number, parentHash, aura: at(block.preRuntimeDigest[1])}, where);
    const between = new BetweenPhases(this.#conformance.differences.between, parent);
    const moment = {block: number, foreignBytes: 0, foreignExtrinsics: 0};
    if (block.initialize !== undefined) {
      between.compare(overlay, block.initialize, moment, `${where}, initialized`);
    }
    const body = block.extrinsics.filter((extrinsic, i) => {
      const name = `${extrinsic.method ?? extrinsic.inherent} ${extrinsic.note ?? ""}`;
      const which = `${where}, extrinsic ${i} ${name}`;
      const isIncluded = this.#extrinsic(overlay, parent, block, extrinsic, which);
      if (isForeign(extrinsic)) {
        moment.foreignBytes += extrinsic.encodedLength;
        moment.foreignExtrinsics++;
      }
      if (extrinsic.diff !== undefined) between.compare(overlay, extrinsic.diff, moment, which);
      return isIncluded;
    });
    const header = this.#finalize(host, overlay, where);
    const extrinsics = body.map(({hex}) => at(hex ?? "0x"));
    const built = concatBytes(at(header), encode(compactU32, body.length), ...extrinsics);
    const imported = this.#call(this.#host(new Overlay(parent)), "Core_execute_block", built);
    assert.equal(imported, "0x", `${where}: as a whole`);
    this.#compareEvents(block, where);
    if (block.summary === undefined) this.#compareStorage(block, where);
    else compareSummary(this.#conformance.chain, this.#vector, this.#state, block.summary, where);
  }

  /** True when it became part of the block. */
  #extrinsic(
    overlay: Overlay,
    parent: StateView,
    block: RecordedBlock,
    extrinsic: RecordedExtrinsic,
    where: string,
  ): boolean {
    const bytes = extrinsic.hex === undefined ? undefined : hexToBytes(extrinsic.hex);
    if (bytes === undefined || isForeign(extrinsic)) return false;
    const ask = (name: string, args: Uint8Array) =>
      this.#call(this.#host(new Overlay(parent)), name, args);
    if (extrinsic.infoRaw !== undefined && extrinsic.feeDetailsRaw !== undefined) {
      const args = concatBytes(bytes, encode(u32, bytes.length));
      assert.equal(
        ask("TransactionPaymentApi_query_info", args),
        extrinsic.infoRaw,
        `${where}: info`,
      );
      const details = ask("TransactionPaymentApi_query_fee_details", args);
      assert.equal(details, extrinsic.feeDetailsRaw, `${where}: fee details`);
    }
    if (extrinsic.validate?.raw !== undefined) {
      const args = concatBytes(
        encode(transactionSource, extrinsic.validate.source),
        bytes,
        at(block.parentHash),
      );
      const answer = ask("TaggedTransactionQueue_validate_transaction", args);
      assert.equal(answer, extrinsic.validate.raw, `${where}: validity`);
    }
    if (extrinsic.result === undefined) return false;
    overlay.begin();
    const applied = this.#call(this.#host(overlay), "BlockBuilder_apply_extrinsic", bytes);
    const expected = extrinsic.result.trap === undefined ? extrinsic.result.raw : "trap";
    assert.equal(applied, expected, `${where}: result`);
    const isIncluded = extrinsic.included !== false;
    if (isIncluded) overlay.commit();
    else overlay.rollback();
    return isIncluded;
  }

  #compareEvents(block: RecordedBlock, where: string): void {
    const {chain, differences} = this.#conformance;
    const {events, eventCount} = chain.system.storage;
    const ours = readEvents(chain, this.#state.get(events.key) ?? Uint8Array.of(0));
    const recorded = recordedEvents(chain, block, differences.phaseOf);
    assert.deepEqual(ours, recorded, `${where}: events`);
    const count = decode(u32, this.#state.get(eventCount.key) ?? new Uint8Array(4));
    assert.deepEqual(count, ok(recorded.length), `${where}: number of events`);
  }

  #compareStorage(block: RecordedBlock, where: string): void {
    this.#recorded.apply(block);
    const {isCompared, expected} = this.#conformance.differences;
    const ours = new Map<Hex, Hex>();
    for (const [key, value] of this.#state.entries()) {
      ours.set(binaryToHex(key), bytesToHex(value));
    }
    for (const [key, value] of this.#recorded.items) {
      if (!isCompared(key)) continue;
      const wanted = expected === undefined ? value : expected(key, value, block.number);
      assert.equal(ours.get(key), wanted, `${where}: ${key}`);
    }
    for (const key of ours.keys()) {
      // Keys shorter than a pallet's and an item's hash belong to no pallet and were not recorded.
      if (key.length < 66 || this.#recorded.items.has(key) || !isCompared(key)) continue;
      assert.fail(`${where}: we hold ${key}, the recording does not`);
    }
  }
}

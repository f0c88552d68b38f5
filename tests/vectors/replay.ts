import assert from "node:assert/strict";
import {
  binaryToHex,
  bytesToBinary,
  bytesToHex,
  concatBytes,
  type Hex,
  hex,
  hexToBytes,
  ok,
} from "#base";
import {decode, encode, u32} from "#codec";
import {type CryptoSuite, verifyMultiSignature} from "#crypto";
import {type DigestItem, header as headerCodec, transactionSource} from "#primitives";
import type {CollatorChain} from "#runtime";
import {createRuntime} from "#runtime";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {memoryState, Overlay, type StateView, stateViewOf} from "#state";
import type {RecordedBlock, RecordedExtrinsic, Vector} from "./vector.ts";

/** Items that the recorded runtime keeps and ours does not, or not alike; see DIFFERENCES.md. */
export interface Differences {
  /** Recorded extrinsic index → ours; undefined where the extrinsic is not ours. */
  readonly phaseOf: (recorded: number) => number | undefined;
  /** Whether a storage key is compared at all. */
  readonly isCompared: (key: Hex) => boolean;
  /** What we must hold where another value is recorded, in the block of that number. */
  readonly expected?: (key: Hex, recorded: Hex, block: number) => Hex;
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

function at(text: Hex): Uint8Array {
  return hex(text);
}

const COMPACT_ONE = Uint8Array.of(4);

function listOfOne(record: Hex): Uint8Array {
  return concatBytes(COMPACT_ONE, at(record));
}

/** The pallet of the only event in the list: its index follows the phase, which has a number in extrinsics only. */
function palletOf(list: Uint8Array): number {
  return list[1] === 0 ? list[6]! : list[2]!;
}

/** The first state of a recording, as far as it was recorded: the pallets that both have. */
export function recordedGenesis({genesis}: Vector, chain: CollatorChain): StateView {
  const entries = Object.values(genesis.storage)
    .flatMap(items => Object.entries(items) as [Hex, Hex][])
    .map(([key, value]) => [bytesToBinary(at(key)), at(value)] as const);
  return memoryState(entries, chain.config.blockHash, stateVersionOf(chain));
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
  #recorded: Map<string, Map<Hex, Hex>>;

  constructor(vector: Vector, conformance: Conformance) {
    this.#vector = vector;
    this.#conformance = conformance;
    this.#runtime = createRuntime(conformance.chain);
    this.#recorded = new Map(
      Object.entries(vector.genesis.storage).map(([pallet, entries]) => [
        pallet,
        new Map(Object.entries(entries) as [Hex, Hex][]),
      ]),
    );
    this.#state = recordedGenesis(vector, conformance.chain);
  }

  run(): void {
    for (const block of this.#vector.blocks) this.#block(block);
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
    this.#state = stateViewOf(overlay.outcome(stateVersionOf(this.#conformance.chain)).trie);
  }

  #block(block: RecordedBlock): void {
    this.#override(block.number);
    const parent = this.#state;
    const where = `block ${block.number}`;
    const overlay = new Overlay(parent);
    const host = this.#host(overlay);
    const [engine, data] = block.preRuntimeDigest;
    const digest: DigestItem[] = [
      {type: "PreRuntime", value: [Uint8Array.from(engine, c => c.charCodeAt(0)), at(data)]},
    ];
    const opening = {
      parentHash: at(block.parentHash),
      number: block.number,
      stateRoot: ZERO,
      extrinsicsRoot: ZERO,
      digest,
    };
    assert.equal(
      this.#call(host, "Core_initialize_block", encode(headerCodec, opening)),
      "0x",
      where,
    );
    block.extrinsics.forEach((extrinsic, i) => {
      this.#extrinsic(
        overlay,
        parent,
        block,
        extrinsic,
        `${where}, extrinsic ${i} ${extrinsic.method ?? extrinsic.inherent} ${extrinsic.note ?? ""}`,
      );
    });
    assert.notEqual(
      this.#call(host, "BlockBuilder_finalize_block", new Uint8Array(0)),
      "trap",
      where,
    );
    this.#state = stateViewOf(overlay.outcome(stateVersionOf(this.#conformance.chain)).trie);
    this.#compareEvents(block, where);
    this.#compareStorage(block, where);
  }

  #extrinsic(
    overlay: Overlay,
    parent: StateView,
    block: RecordedBlock,
    extrinsic: RecordedExtrinsic,
    where: string,
  ): void {
    const bytes = extrinsic.hex === undefined ? undefined : hexToBytes(extrinsic.hex);
    if (
      bytes === undefined ||
      (extrinsic.inherent !== undefined && extrinsic.inherent !== "timestamp.set")
    ) {
      return;
    }
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
    if (extrinsic.result === undefined) return;
    overlay.begin();
    const applied = this.#call(this.#host(overlay), "BlockBuilder_apply_extrinsic", bytes);
    const expected = extrinsic.result.trap === undefined ? extrinsic.result.raw : "trap";
    assert.equal(applied, expected, `${where}: result`);
    if (extrinsic.included === false) overlay.rollback();
    else overlay.commit();
  }

  #compareEvents(block: RecordedBlock, where: string): void {
    const {composition, system} = this.#conformance.chain;
    const indices = new Set(composition.pallets.map(({index}) => index));
    const all = block.events === undefined ? [at(block.eventsRaw)] : block.events.map(listOfOne);
    const recorded = all
      .filter(list => block.events === undefined || indices.has(palletOf(list)))
      .flatMap(list => this.#readEvents(list))
      .flatMap(record => {
        const {phase} = record;
        if (phase.type !== "ApplyExtrinsic") return [record];
        const index = this.#conformance.differences.phaseOf(phase.value);
        return index === undefined ? [] : [{...record, phase: {...phase, value: index}}];
      });
    const {events, eventCount} = system.storage;
    const ours = this.#readEvents(this.#state.get(events.key) ?? Uint8Array.of(0));
    assert.deepEqual(ours, recorded, `${where}: events`);
    const count = decode(u32, this.#state.get(eventCount.key) ?? new Uint8Array(4));
    assert.deepEqual(count, ok(recorded.length), `${where}: number of events`);
  }

  #readEvents(list: Uint8Array) {
    const {events} = this.#conformance.chain.system.storage;
    return events.get(new Overlay(memoryState([[events.key, list]], data => data.slice(0, 32))));
  }

  #compareStorage(block: RecordedBlock, where: string): void {
    for (const [pallet, changes] of Object.entries(block.diff)) {
      const items = this.#recorded.get(pallet) ?? new Map<Hex, Hex>();
      this.#recorded.set(pallet, items);
      for (const [key, value] of Object.entries(changes) as [Hex, Hex | null][]) {
        if (value === null) items.delete(key);
        else items.set(key, value);
      }
    }
    const {isCompared, expected} = this.#conformance.differences;
    const ours = new Map<Hex, Hex>();
    for (const [key, value] of this.#state.trie.entries())
      ours.set(binaryToHex(key), bytesToHex(value));
    const seen = new Set<Hex>();
    for (const [pallet, items] of this.#recorded) {
      for (const [key, value] of items) {
        seen.add(key);
        if (!isCompared(key)) continue;
        const found = ours.get(key);
        const wanted = expected === undefined ? value : expected(key, value, block.number);
        assert.equal(found, wanted, `${where}: ${pallet} ${key}`);
      }
    }
    for (const key of ours.keys()) {
      // Keys shorter than a pallet's and an item's hash belong to no pallet and were not recorded.
      if (key.length < 66 || seen.has(key) || !isCompared(key)) continue;
      assert.fail(`${where}: we hold ${key}, the recording does not`);
    }
  }
}

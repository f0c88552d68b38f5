import {type BinaryString, bytesToBinary, concatBytes, utf8Bytes} from "#base";
import {compactU32, encode} from "#codec";
import type {Hashing} from "#crypto";
import {
  addWeight,
  type DigestItem,
  type DispatchClass,
  type DispatchInfo,
  EXTRINSIC_INDEX_KEY,
  type Hash,
  type Header,
  INTRABLOCK_ENTROPY_KEY,
  minWeight,
  type Weight,
} from "#primitives";
import type {Externalities, StateVersion} from "#state";
import type {DispatchResult} from "../../frame/index.ts";
import {type BlockWeights, ofClass, withClass} from "./limits.ts";
import type {SystemEvents, SystemStorage} from "./pallet-parts.ts";

/** Computes the root of an ordered list: the extrinsics root. */
export type OrderedRoot = (entries: readonly (readonly [BinaryString, Uint8Array])[]) => Hash;

export interface BlockLifeConfig {
  readonly hashing: Hashing;
  /** BLAKE2b-256 on our chains. */
  readonly hash: (data: Uint8Array) => Hash;
  readonly orderedRoot: OrderedRoot;
  readonly stateVersion: StateVersion;
  readonly blockWeights: BlockWeights;
  readonly blockHashCount: number;
}

const ENTROPY_LABEL = utf8Bytes("frame_system::initialize");

/** How System opens, accompanies and closes a block (spec/pallets §4.1 to §4.3). */
export class BlockLife {
  readonly #storage: SystemStorage;
  readonly #events: SystemEvents;
  readonly #config: BlockLifeConfig;

  constructor(storage: SystemStorage, events: SystemEvents, config: BlockLifeConfig) {
    this.#storage = storage;
    this.#events = events;
    this.#config = config;
  }

  resetEvents(state: Externalities): void {
    this.#storage.events.remove(state);
    this.#storage.eventCount.remove(state);
    state.clearPrefix(this.#storage.eventTopics.prefix);
  }

  initialize(
    state: Externalities,
    number: number,
    parentHash: Hash,
    digest: readonly DigestItem[],
  ): void {
    this.#storage.executionPhase.set(state, {type: "Initialization"});
    this.#setExtrinsicIndex(state, 0);
    const entropy = this.#config.hashing.blake2b256(concatBytes(ENTROPY_LABEL, parentHash));
    state.set(INTRABLOCK_ENTROPY_KEY, entropy);
    this.#storage.digest.set(state, {logs: [...digest]});
    this.foresee(state, number, parentHash);
  }

  /**
   * The part of `initialize` that the checks of a transaction can see. Who asks about one before its block is there sees no more, and the
   * rest would be a tenth of the asking.
   */
  foresee(state: Externalities, number: number, parentHash: Hash): void {
    const {blockHash, blockWeight} = this.#storage;
    this.#storage.number.set(state, number);
    this.#storage.parentHash.set(state, parentHash);
    blockHash.set(state, number - 1, parentHash);
    blockWeight.remove(state);
  }

  noteFinishedInitialize(state: Externalities): void {
    this.#storage.executionPhase.set(state, {type: "ApplyExtrinsic", value: 0});
  }

  extrinsicIndex(state: Externalities): number {
    const bytes = state.get(EXTRINSIC_INDEX_KEY);
    return bytes === undefined
      ? 0
      : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  }

  #setExtrinsicIndex(state: Externalities, index: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, index, true);
    state.set(EXTRINSIC_INDEX_KEY, bytes);
  }

  noteExtrinsic(state: Externalities, extrinsic: Uint8Array): void {
    this.#storage.extrinsicData.set(state, this.extrinsicIndex(state), extrinsic);
  }

  /** Books the outcome of an extrinsic as an event and moves on to the next. */
  noteAppliedExtrinsic(state: Externalities, result: DispatchResult, info: DispatchInfo): void {
    const post = result.ok ? result.value : result.error.post;
    const actual = actualWeight(post.actualWeight, info);
    const {baseExtrinsic} = ofClass(this.#config.blockWeights.perClass, info.class);
    const dispatchInfo: DispatchInfo = {
      weight: addWeight(actual, baseExtrinsic),
      class: info.class,
      paysFee: info.paysFee === "No" || post.paysFee === "No" ? "No" : "Yes",
    };
    if (result.ok) this.#events.ExtrinsicSuccess(state, {dispatchInfo});
    else this.#events.ExtrinsicFailed(state, {dispatchError: result.error.error, dispatchInfo});
    const next = this.extrinsicIndex(state) + 1;
    this.#setExtrinsicIndex(state, next);
    this.#storage.executionPhase.set(state, {type: "ApplyExtrinsic", value: next});
  }

  noteFinishedExtrinsics(state: Externalities): void {
    this.#storage.extrinsicCount.set(state, this.extrinsicIndex(state));
    state.remove(EXTRINSIC_INDEX_KEY);
    this.#storage.executionPhase.set(state, {type: "Finalization"});
  }

  /** Adds to a class's weight without asking whether it fits. */
  registerWeight(state: Externalities, weight: Weight, which: DispatchClass): void {
    const current = this.#storage.blockWeight.get(state);
    const sum = addWeight(ofClass(current, which), weight);
    this.#storage.blockWeight.set(state, withClass(current, which, sum));
  }

  depositLog(state: Externalities, item: DigestItem): void {
    const {logs} = this.#storage.digest.get(state);
    this.#storage.digest.set(state, {logs: [...logs, item]});
  }

  finalize(state: Externalities): Header {
    const {executionPhase, allExtrinsicsLen, extrinsicCount, extrinsicData, blockHash} =
      this.#storage;
    executionPhase.remove(state);
    allExtrinsicsLen.remove(state);
    state.remove(INTRABLOCK_ENTROPY_KEY);
    const number = this.#storage.number.get(state);
    const parentHash = this.#storage.parentHash.get(state);
    const {logs} = this.#storage.digest.get(state);
    const count = extrinsicCount.take(state) ?? 0;
    const extrinsics: (readonly [BinaryString, Uint8Array])[] = [];
    for (let i = 0; i < count; i++) {
      extrinsics.push([bytesToBinary(encode(compactU32, i)), extrinsicData.take(state, i)]);
    }
    const extrinsicsRoot = this.#config.orderedRoot(extrinsics);
    const stale = Math.max(0, number - this.#config.blockHashCount - 1);
    if (stale !== 0) blockHash.remove(state, stale);
    const stateRoot = state.root(this.#config.stateVersion);
    return {parentHash, number, stateRoot, extrinsicsRoot, digest: logs};
  }

  hash(data: Uint8Array): Hash {
    return this.#config.hash(data);
  }
}

/** What a call really weighed: never more than it declared. */
export function actualWeight(actual: Weight | undefined, info: DispatchInfo): Weight {
  return actual === undefined ? info.weight : minWeight(actual, info.weight);
}

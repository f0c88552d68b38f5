/**
 * System: the block as such. It keeps the height, the parent's hash, the digest, the recent block hashes, the
 * events and the weight of the block under execution, and the accounts with what keeps them alive. Every other
 * pallet stands on it.
 *
 * Root may write raw storage and replace `:code`; anyone may leave a remark. Events carry no topics, and none are
 * kept in the genesis block.
 *
 * Out of scope: balances (the account data is opaque here), the order of hooks (`executive`).
 */
import {alias, type Codec, encode, u16, u32, written} from "#codec";
import type {RuntimeVersion} from "#primitives";
import {runtimeVersion} from "#primitives";
import type {Externalities} from "#state";
import {
  constant,
  type EventSink,
  errorInfo,
  eventCodec,
  type Pallet,
  PalletScope,
  ROCKS_DB_WEIGHT,
  type RuntimeEvent,
} from "../../frame/index.ts";
import {BlockLife, type BlockLifeConfig} from "./block.ts";
import {type SystemCallConfig, systemCalls} from "./calls/index.ts";
import {SYSTEM_ERRORS} from "./errors.ts";
import {SYSTEM_EVENTS} from "./events.ts";
import {type BlockLength, blockLength, blockWeights, dbWeight} from "./limits.ts";
import {References} from "./references.ts";
import {phase, systemStorage} from "./storage.ts";

export * from "./account-info.ts";
export {actualWeight, type BlockLife, type OrderedRoot} from "./block.ts";
export * from "./limits.ts";
export type {References} from "./references.ts";

export interface SystemConfig<Data> extends BlockLifeConfig {
  readonly version: RuntimeVersion;
  readonly blockLength: BlockLength;
  readonly ss58Prefix: number;
  readonly accountData: {readonly codec: Codec<Data>; readonly fallback: Data};
  readonly event: Codec<RuntimeEvent>;
  readonly checkCode: SystemCallConfig["checkCode"];
}

export type System<Data> = ReturnType<typeof createSystem<Data>>;

export function createSystem<Data>(index: number, config: SystemConfig<Data>) {
  const depositEvent: EventSink = (state, event, value) => {
    if (storage.number.get(state) === 0) return;
    const current = storage.executionPhase.get(state) ?? {type: "Initialization"};
    const record = written(sink => {
      phase.encodeTo(current, sink);
      event.encodeTo(value, sink);
      sink.u8(NO_TOPICS);
    });
    storage.eventCount.set(state, storage.eventCount.get(state) + 1);
    state.append(storage.events.key, record);
  };
  const scope = new PalletScope("System", index, config.hashing, depositEvent);
  const storage = systemStorage(scope.storage, {
    data: config.accountData.codec,
    defaultData: config.accountData.fallback,
    event: config.event,
  });
  const events = scope.events(SYSTEM_EVENTS);
  const errors = scope.errors(SYSTEM_ERRORS);
  const block = new BlockLife(storage, events, config);
  const references = new References(storage.account, events);

  const pallet: Pallet = {
    name: scope.name,
    index,
    docs: "Heights, hashes, events, weights, accounts.",
    crate: "frame_system",
    storageVersion: 0,
    storage: scope.storage.entries,
    events: eventCodec("frame_system", SYSTEM_EVENTS),
    errors: errorInfo("frame_system", SYSTEM_ERRORS),
    calls: systemCalls({
      events,
      errors,
      checkCode: config.checkCode,
      maxBlock: config.blockWeights.maxBlock,
      depositLog: (state, item) => block.depositLog(state, item),
      hash: config.hash,
    }),
    constants: [
      constant("BlockWeights", blockWeights, config.blockWeights, "Block & extrinsics weights."),
      constant("BlockLength", blockLength, config.blockLength, "The maximum length of a block."),
      constant(
        "BlockHashCount",
        alias(u32, "BlockNumberFor<T>"),
        config.blockHashCount,
        "Number of recent block hashes kept.",
      ),
      constant("DbWeight", dbWeight, ROCKS_DB_WEIGHT, "The weight of database operations."),
      constant("Version", runtimeVersion, config.version, "The chain's runtime version."),
      constant("SS58Prefix", u16, config.ss58Prefix, "The designated SS58 prefix of this chain."),
    ],
  };

  return {
    pallet,
    storage,
    events,
    errors,
    references,
    block,
    depositEvent,
    weights: config.blockWeights,
    /** Genesis of System (spec/pallets §18): what stands in state before any block. */
    genesis(state: Externalities): void {
      storage.blockHash.set(state, 0, GENESIS_PARENT);
      storage.parentHash.set(state, GENESIS_PARENT);
      storage.lastRuntimeUpgrade.set(state, {
        specVersion: config.version.specVersion,
        specName: config.version.specName,
      });
      storage.upgradedToU32RefCount.set(state, true);
      storage.upgradedToTripleRefCount.set(state, true);
      state.set(":extrinsic_index", encode(u32, 0));
    },
  };
}

/** The empty list of topics. */
const NO_TOPICS = 0;

/** Upstream's placeholder for the hash that block 0 cannot know: 32 times 69. */
const GENESIS_PARENT = new Uint8Array(32).fill(69);

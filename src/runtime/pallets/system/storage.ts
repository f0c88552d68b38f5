import {
  bool,
  bytes,
  type Codec,
  compactU32,
  str,
  struct,
  tuple,
  u32,
  unit,
  variant,
  vec,
} from "#codec";
import {accountId, digest, hash, weight, ZERO_WEIGHT} from "#primitives";
import type {RuntimeEvent, StorageScope} from "../../frame/index.ts";
import {type AccountInfo, accountInfo} from "./account-info.ts";
import {perDispatchClass} from "./limits.ts";

/** Where a block stands: before its extrinsics, in one of them, or after all. */
export const phase = variant(
  {ApplyExtrinsic: [0, u32], Finalization: [1, unit], Initialization: [2, unit]},
  {path: "frame_system::Phase"},
);

const lastRuntimeUpgrade = struct(
  {specVersion: compactU32, specName: str},
  {path: "frame_system::LastRuntimeUpgradeInfo"},
);

const ZERO_HASH = new Uint8Array(32);

/** Storage of System (spec/pallets §6). */
export function systemStorage<Data>(
  scope: StorageScope,
  types: {data: Codec<Data>; defaultData: Data; event: Codec<RuntimeEvent>},
) {
  const eventRecord = struct(
    {phase, event: types.event, topics: vec(hash)},
    {
      path: "frame_system::EventRecord",
      params: [
        {
          name: "E",
          get type() {
            return types.event.info;
          },
        },
        {name: "T", type: hash.info},
      ],
    },
  );
  const fallback: AccountInfo<Data> = {
    nonce: 0,
    consumers: 0,
    providers: 0,
    sufficients: 0,
    data: types.defaultData,
  };
  return {
    account: scope.map(
      "Account",
      {hasher: "Blake2_128Concat", key: accountId, value: accountInfo(types.data)},
      {docs: "The full account information for a particular account ID.", fallback},
    ),
    extrinsicCount: scope.value("ExtrinsicCount", u32, {
      docs: "Total extrinsics count for the current block.",
    }),
    blockWeight: scope.value("BlockWeight", perDispatchClass(weight), {
      docs: "The current weight for the block.",
      fallback: {normal: ZERO_WEIGHT, operational: ZERO_WEIGHT, mandatory: ZERO_WEIGHT},
    }),
    allExtrinsicsLen: scope.value("AllExtrinsicsLen", u32, {
      docs: "Total length (in bytes) for all extrinsics put together, for the current block.",
    }),
    blockHash: scope.map(
      "BlockHash",
      {hasher: "Twox64Concat", key: u32, value: hash},
      {docs: "Map of block numbers to block hashes.", fallback: ZERO_HASH},
    ),
    extrinsicData: scope.map(
      "ExtrinsicData",
      {hasher: "Twox64Concat", key: u32, value: bytes},
      {
        docs: "Extrinsics data for the current block (maps an extrinsic's index to its data).",
        fallback: new Uint8Array(0),
      },
    ),
    number: scope.value("Number", u32, {
      docs: "The current block number being processed. Set by `execute_block`.",
      fallback: 0,
    }),
    parentHash: scope.value("ParentHash", hash, {
      docs: "Hash of the previous block.",
      fallback: ZERO_HASH,
    }),
    digest: scope.value("Digest", digest, {
      docs: "Digest of the current block, also part of the block header.",
      fallback: {logs: []},
    }),
    events: scope.value("Events", vec(eventRecord), {
      docs: "Events deposited for the current block.",
      fallback: [],
    }),
    eventCount: scope.value("EventCount", u32, {
      docs: "The number of events in the `Events` list.",
      fallback: 0,
    }),
    eventTopics: scope.map(
      "EventTopics",
      {hasher: "Blake2_128Concat", key: hash, value: vec(tuple(u32, u32))},
      {docs: "Mapping between a topic and the events that carry it.", fallback: []},
    ),
    lastRuntimeUpgrade: scope.value("LastRuntimeUpgrade", lastRuntimeUpgrade, {
      docs: "Stores the spec version and name of when the last runtime upgrade happened.",
    }),
    upgradedToU32RefCount: scope.value("UpgradedToU32RefCount", bool, {
      docs: "True if we have upgraded so that the reference counts are `u32`.",
      fallback: false,
    }),
    upgradedToTripleRefCount: scope.value("UpgradedToTripleRefCount", bool, {
      docs: "True if we have upgraded so that AccountInfo contains three types of reference count.",
      fallback: false,
    }),
    executionPhase: scope.value("ExecutionPhase", phase, {
      docs: "The execution phase of the block.",
    }),
  };
}

export type SystemStorage<Data> = ReturnType<typeof systemStorage<Data>>;

import {alias, option, struct, tuple, u32, u64, unit, type ValueOf, variant} from "#codec";
import type {StorageScope} from "../../frame/index.ts";
import {boundedAuthorityList} from "./authorities.ts";

const blockNumber = alias(u32, "BlockNumberFor<T>");
const scheduled = {scheduledAt: u32, delay: u32};

/** Whether voting goes on. Nothing on this chain pauses it; the states are upstream's. */
const storedState = variant(
  {
    Live: [0, unit],
    PendingPause: [1, struct(scheduled)],
    Paused: [2, unit],
    PendingResume: [3, struct(scheduled)],
  },
  {path: "pallet_grandpa::StoredState", params: [{name: "N", type: u32.info}]},
);
export type StoredState = ValueOf<typeof storedState>;

/** A change of the list of voters that is announced and not yet made. */
const storedPendingChange = struct(
  {
    scheduledAt: u32,
    delay: u32,
    nextAuthorities: boundedAuthorityList,
    forced: option(u32),
  },
  {
    path: "pallet_grandpa::StoredPendingChange",
    params: [
      {name: "N", type: u32.info},
      {name: "Limit", type: undefined},
    ],
  },
);
export type StoredPendingChange = ValueOf<typeof storedPendingChange>;

/** Storage of Grandpa, upstream's of version 4 (docs/grandpa-pallet §2); the list itself is under a key of its own. */
export function grandpaStorage(scope: StorageScope) {
  return {
    state: scope.value("State", storedState, {
      docs: "State of the current authority set.",
      fallback: {type: "Live", value: undefined} as StoredState,
    }),
    pendingChange: scope.value("PendingChange", storedPendingChange, {
      docs: "Pending change: (signaled at, scheduled change).",
    }),
    nextForced: scope.value("NextForced", blockNumber, {
      docs: "next block number where we can force a change.",
    }),
    stalled: scope.value("Stalled", tuple(blockNumber, blockNumber), {
      docs: "`true` if we are currently stalled.",
    }),
    currentSetId: scope.value("CurrentSetId", alias(u64, "SetId"), {
      docs: 'The number of changes (both in terms of keys and underlying economic responsibilities) in the "set" of Grandpa validators from genesis.',
      fallback: 0n,
    }),
    setIdSession: scope.map(
      "SetIdSession",
      {hasher: "Twox64Concat", key: alias(u64, "SetId"), value: alias(u32, "SessionIndex")},
      {
        docs: "A mapping from grandpa set ID to the index of the *most recent* session for which its members were responsible.",
      },
    ),
  };
}

export type GrandpaStorage = ReturnType<typeof grandpaStorage>;

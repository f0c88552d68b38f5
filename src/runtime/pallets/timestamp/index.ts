/**
 * Timestamp: the time of a block, set once by its author as an inherent. Blocks are at least `minimumPeriod`
 * apart; a time too far ahead of the importer's own is refused, for ever.
 *
 * Out of scope: whether the time belongs to the block's slot (told to whoever listens: Aura).
 */
import {ok} from "#base";
import {bool, compactU64, decode, encode, u64, unit, variant} from "#codec";
import {addWeight, TIMESTAMP_INHERENT, weightOf} from "#primitives";
import type {Externalities} from "#state";
import {
  call,
  constant,
  done,
  ensureNone,
  failed,
  type InherentProvider,
  type Pallet,
  type PalletScope,
  reads,
  trap,
  writes,
} from "../../frame/index.ts";

/** A block's time may lie this far ahead of the importer's clock, in milliseconds (spec/pallets §7). */
const MAX_DRIFT = 30_000n;

const inherentError = variant({TooEarly: [0, unit], TooFarInFuture: [1, unit]});

export interface TimestampConfig {
  /** Milliseconds; half of Aura's slot. */
  readonly minimumPeriod: bigint;
  /** Told of each block's time; traps when it cannot be. */
  readonly onTimestampSet: (state: Externalities, now: bigint) => void;
}

export type Timestamp = ReturnType<typeof createTimestamp>;

export function createTimestamp(scope: PalletScope, config: TimestampConfig) {
  const storage = {
    now: scope.storage.value("Now", u64, {
      docs: "Current time for the current block.",
      fallback: 0n,
    }),
    didUpdate: scope.storage.value("DidUpdate", bool, {
      docs: "Did the timestamp get updated in this block?",
      fallback: false,
    }),
  };

  const set = call({
    name: "set",
    index: 0,
    docs: "Set the current time.",
    args: {now: compactU64},
    class: "Mandatory",
    weight: () => [weightOf(10_492_000n, 1_493n), reads(2n), writes(1n)].reduce(addWeight),
    dispatch(state, origin, {now}) {
      const none = ensureNone(origin);
      if (!none.ok) return failed(none.error);
      if (storage.didUpdate.exists(state)) trap("Timestamp must be updated only once in the block");
      const before = storage.now.get(state);
      if (before !== 0n && now < before + config.minimumPeriod) {
        trap("Timestamp must increment by at least <MinimumPeriod> between sequential blocks");
      }
      storage.now.set(state, now);
      storage.didUpdate.set(state, true);
      config.onTimestampSet(state, now);
      return done();
    },
  });

  const inherent: InherentProvider = {
    create(state, data) {
      const encoded = data.get(TIMESTAMP_INHERENT);
      if (encoded === undefined) return ok(undefined);
      const provided = decode(u64, encoded);
      if (!provided.ok) return provided;
      const earliest = storage.now.get(state) + config.minimumPeriod;
      const now = provided.value > earliest ? provided.value : earliest;
      return ok({call: set, args: {now}});
    },
    check(state, {args}, data) {
      const encoded = data.get(TIMESTAMP_INHERENT);
      const provided = encoded === undefined ? undefined : decode(u64, encoded);
      if (!provided?.ok) return undefined;
      const {now} = args as {now: bigint};
      const refuse = (type: "TooEarly" | "TooFarInFuture") => ({
        identifier: TIMESTAMP_INHERENT,
        fatal: true,
        encoded: encode(inherentError, {type}),
      });
      if (now > provided.value + MAX_DRIFT) return refuse("TooFarInFuture");
      if (now < storage.now.get(state) + config.minimumPeriod) return refuse("TooEarly");
      return undefined;
    },
    isInherent: candidate => candidate === set,
  };

  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "The time of the block.",
    crate: "pallet_timestamp",
    storageVersion: 0,
    storage: scope.storage.entries,
    constants: [
      constant(
        "MinimumPeriod",
        u64,
        config.minimumPeriod,
        "The minimum period between blocks, in milliseconds.",
      ),
    ],
    calls: [set],
    inherent,
    hooks: {
      onInitialize: () => weightOf(4_334_000n),
      onFinalize(state) {
        if (!storage.didUpdate.take(state)) {
          trap("Timestamp must be updated once in the block");
        }
      },
    },
  };
  return {pallet, storage};
}

import type {TypeInfo} from "#codec";
import type {DispatchClass} from "#primitives";

/** A storage key, raw. */
type Key = Uint8Array;

/** What is known of a call before its arguments are: of those calls whose weight and class do not depend on them. */
export interface FixedCall {
  readonly pallet: number;
  readonly call: number;
  readonly class: DispatchClass;
  /** SCALE of weight and class, as `query_info` answers them. */
  readonly weightAndClass: Uint8Array;
  /** Planck, before the multiplier. */
  readonly weightFee: bigint;
  /** False for a call that weighs more than any transaction of its class may. */
  readonly fitsIntoBlock: boolean;
  /** How many of its kind a block holds by weight. */
  readonly countByWeight: bigint;
}

/** What differs between the three classes, in the order Normal, Operational, Mandatory. */
export interface ClassLimits {
  /** Bytes of all transactions of this class in a block. */
  readonly maxLength: number;
  /** Planck that each transaction pays for being there. */
  readonly baseFee: bigint;
}

/** Where the runtime keeps what the module reads. */
export interface StorageKeys {
  readonly number: Key;
  /** Prefix of the map, whose keys are hashed by Twox64Concat. */
  readonly blockHash: Key;
  /** Prefix of the map, whose keys are hashed by Blake2_128Concat. */
  readonly account: Key;
  readonly auraAuthorities: Key;
  readonly grandpaAuthorities: Key;
  readonly grandpaSetId: Key;
  readonly sessionIndex: Key;
  readonly validators: Key;
  readonly queuedKeys: Key;
  readonly nextFeeMultiplier: Key;
}

/** All that the module must know of a chain. Answers that no state can change are the runtime's own bytes. */
export interface LightClientContents {
  /** By name of function. */
  readonly constantAnswers: ReadonlyMap<string, Uint8Array>;
  /** Answers of `Metadata_metadata_at_version` by version. */
  readonly metadata: ReadonlyMap<number, Uint8Array>;
  readonly storage: StorageKeys;
  readonly session: {
    /** Blocks. */
    readonly period: number;
    /** Ids of four letters, in the order in which keys are concatenated; each key is 32 bytes. */
    readonly keyTypes: readonly string[];
  };
  readonly call: TypeInfo;
  readonly address: TypeInfo;
  readonly signature: TypeInfo;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** 32 bytes: what a signature covers besides, if it says so. */
  readonly metadataHash: Uint8Array;
  readonly fixedCalls: readonly FixedCall[];
  readonly classes: readonly [ClassLimits, ClassLimits, ClassLimits];
  readonly fees: {
    /** Planck. */
    readonly perByte: bigint;
    /** Planck per 10^9 picoseconds. */
    readonly perBillionRefTime: bigint;
    /** Picoseconds; no weight costs more. */
    readonly maxRefTime: bigint;
    readonly operationalMultiplier: number;
    /** Fixed point with 18 decimals: what reads as long as no multiplier is stored. */
    readonly multiplierFallback: bigint;
  };
  /** Planck. */
  readonly existentialDeposit: bigint;
}

import {type BinaryString, binaryToBytes, bytesToBinary} from "#base";
import {
  bool,
  bytes,
  type Codec,
  fixedBytes,
  mapped,
  struct,
  tuple,
  type ValueOf,
  vec,
} from "#codec";

/** What only the author can know, by eight-byte identifier; each value is SCALE of its own kind. */
export type InherentData = ReadonlyMap<BinaryString, Uint8Array>;

export const TIMESTAMP_INHERENT: BinaryString = "timstap0";

export const inherentData: Codec<InherentData> = mapped(
  vec(tuple(fixedBytes(8), bytes)),
  (data: InherentData) =>
    [...data]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, value]): [Uint8Array, Uint8Array] => [binaryToBytes(id), value]),
  entries => new Map(entries.map(([id, value]) => [bytesToBinary(id), value])),
);

/** `BlockBuilder_check_inherents`: are all inherents acceptable, and if not, for ever? */
export const checkInherentsResult = struct({okay: bool, fatalError: bool, errors: inherentData});
export type CheckInherentsResult = ValueOf<typeof checkInherentsResult>;

/** Under which the slot of a block stands, as u64 (sp-consensus-aura). */
export const AURA_INHERENT: BinaryString = "auraslot";

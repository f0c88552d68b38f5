import {attempt, bytes, readCompact} from "#codec";
import {type ChainDescription, findCall} from "#description";

/** What a block says of the relay chain's block that it was made for. */
export interface RelayParent {
  readonly number: number;
  readonly storageRoot: Uint8Array;
}

/** `PersistedValidationData` as far as it is of use here. */
export interface ValidationData {
  /** SCALE of the header that the block is built on, with its seal. */
  readonly parentHead: Uint8Array;
  readonly relayParent: RelayParent;
}

const SET_VALIDATION_DATA = "ParachainSystem.set_validation_data";

/**
 * What a block was told of the relay chain, by its own extrinsic for it; undefined where it has none. Of the call's many shapes
 * the beginning is the same from 2021 on: `parent_head`, `relay_parent_number`, `relay_parent_storage_root`.
 */
export function validationDataIn(
  description: ChainDescription,
  extrinsics: readonly Uint8Array[],
): ValidationData | undefined {
  const call = findCall(description, SET_VALIDATION_DATA);
  if (call === undefined) return undefined;
  for (const extrinsic of extrinsics) {
    const read = attempt(extrinsic, source => {
      readCompact(source);
      // A bare extrinsic's first byte is its format's version.
      const found = [source.u8() <= 5, source.u8(), source.u8()];
      const isIt =
        found[0] === true && found[1] === call.pallet.index && found[2] === call.variant.index;
      if (!isIt) return undefined;
      const parentHead = bytes.decodeFrom(source);
      return {parentHead, relayParent: {number: source.u32(), storageRoot: source.take(32)}};
    });
    if (read.ok && read.value !== undefined) return read.value;
  }
  return undefined;
}

import type {ChainDescription} from "#description";
import {findValidationData, readValidationData, validationDataCall} from "#relay";

/** The relay chain's block that a block was made for. */
export interface RelayParent {
  readonly number: number;
  /** 32 bytes. */
  readonly storageRoot: Uint8Array;
}

/** What a block says it was made for; undefined where it does not, once and readably. */
export function relayParentIn(
  description: ChainDescription,
  extrinsics: readonly Uint8Array[],
): RelayParent | undefined {
  const call = validationDataCall(description);
  const args = call && findValidationData(extrinsics, call);
  const data = args?.ok ? readValidationData(args.value) : undefined;
  if (!data?.ok) return undefined;
  const {relayParentNumber: number, relayParentStorageRoot: storageRoot} = data.value;
  return {number, storageRoot};
}

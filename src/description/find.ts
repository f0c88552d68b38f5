import type {Result} from "#base";
import {err} from "#base";
import type {DecodeFailure, TypeInfo, VariantInfo} from "#codec";
import type {ChainDescription, PalletDescription, StorageItem} from "./chain-description.ts";
import {byName} from "./names.ts";
import {readValue} from "./values/codec-of.ts";

/** Names are found as published, and with their first letter small or in camelCase. */
export function findPallet(
  {pallets}: ChainDescription,
  name: string,
): PalletDescription | undefined {
  return byName(pallets, name);
}

/** `Session.Validators`; undefined where the chain has no such pallet, or the pallet no such item. */
export function findItem(description: ChainDescription, name: string): StorageItem | undefined {
  const [pallet = "", item = ""] = name.split(".");
  return byName(findPallet(description, pallet)?.storage ?? [], item);
}

export interface FoundCase {
  readonly pallet: PalletDescription;
  /** The case of the pallet's enum, with its index, fields and docs. */
  readonly variant: VariantInfo;
}

/** `Balances.transfer_keep_alive` */
export function findCall(description: ChainDescription, name: string): FoundCase | undefined {
  return findCase(description, name, ({calls}) => calls);
}

/** `Balances.Transfer` */
export function findEvent(description: ChainDescription, name: string): FoundCase | undefined {
  return findCase(description, name, ({events}) => events);
}

function findCase(
  description: ChainDescription,
  name: string,
  part: (pallet: PalletDescription) => TypeInfo | undefined,
): FoundCase | undefined {
  const [palletName = "", caseName = ""] = name.split(".");
  const pallet = findPallet(description, palletName);
  const variant = pallet && byName(variantsOf(part(pallet)), caseName);
  return pallet && variant && {pallet, variant};
}

/** The cases of an enum; none of other types. */
export function variantsOf(type: TypeInfo | undefined): readonly VariantInfo[] {
  return type?.def.kind === "variant" ? type.def.variants : [];
}

/** Why a constant has no value to tell. */
export type ConstantFailure = {readonly code: "not-published"} | DecodeFailure;

/** `System.SS58Prefix`; many numbers that a runtime is built with are not published as constants. */
export function readConstant(
  description: ChainDescription,
  name: string,
): Result<unknown, ConstantFailure> {
  const [pallet = "", constant = ""] = name.split(".");
  const found = byName(findPallet(description, pallet)?.constants ?? [], constant);
  return found === undefined ? err({code: "not-published"}) : readValue(found.type, found.value);
}

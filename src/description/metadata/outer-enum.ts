import {type TypeInfo, typeInfo} from "#codec";
import type {PalletDescription} from "../chain-description.ts";

/** The enum over all pallets' calls, events or errors, where metadata does not have one. */
export function outerEnum(
  name: string,
  pallets: readonly PalletDescription[],
  part: (pallet: PalletDescription) => TypeInfo | undefined,
): TypeInfo {
  const variants = pallets.flatMap(pallet => {
    const type = part(pallet);
    if (type === undefined) return [];
    const fields = [{name: undefined, typeName: "", type, docs: []}];
    return [{name: pallet.name, index: pallet.index, fields, docs: []}];
  });
  return typeInfo({kind: "variant", variants}, {path: name});
}

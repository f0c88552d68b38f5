import type {DispatchError} from "#primitives";
import type {Pallet} from "./pallet.ts";

/** An error as people write it: `BadOrigin`, `Token.Frozen`, `Balances.InsufficientBalance`. */
export function errorName(pallets: readonly Pallet[], error: DispatchError): string {
  if (error.type === "Module") {
    const pallet = pallets.find(({index}) => index === error.value.index);
    const def = pallet?.errors?.def;
    const variants = def?.kind === "variant" ? def.variants : [];
    const found = variants.find(({index}) => index === error.value.error[0]);
    return `${pallet?.name}.${found?.name}`;
  }
  return typeof error.value === "string" ? `${error.type}.${error.value}` : error.type;
}

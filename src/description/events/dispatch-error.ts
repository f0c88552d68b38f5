import type {ChainDescription} from "../chain-description.ts";
import {findEvent, variantsOf} from "../find.ts";

/** Why a call failed, as people say it. */
export interface NamedError {
  /** `Balances.InsufficientBalance`, `Token.Frozen`, `BadOrigin`. */
  readonly name: string;
  /** What its pallet says of it. */
  readonly docs: readonly string[];
}

interface ErrorValue {
  readonly type: string;
  readonly value?: unknown;
}

interface ModuleError {
  readonly index: number;
  readonly error: Uint8Array | number;
}

/**
 * Names a `DispatchError` that was read by the description, or by any codec of the same shape. An error of a pallet that
 * metadata does not tell is named by its numbers.
 */
export function nameDispatchError(description: ChainDescription, error: unknown): NamedError {
  if (typeof error === "string") return {name: error, docs: []};
  const {type, value} = error as ErrorValue;
  if (type === "Module") return nameModuleError(description, value as ModuleError);
  const inner = typeof value === "string" ? value : (value as ErrorValue | undefined)?.type;
  return {name: inner === undefined ? type : `${type}.${inner}`, docs: []};
}

/** `error`: four bytes, of which the first is the case of the pallet's enum; in older runtimes that one alone. */
export function nameModuleError(
  {pallets}: ChainDescription,
  {index, error}: ModuleError,
): NamedError {
  const code = typeof error === "number" ? error : (error[0] ?? 0);
  const pallet = pallets.find(each => each.index === index);
  const found = variantsOf(pallet?.errors).find(each => each.index === code);
  return {
    name: `${pallet?.name ?? `Pallet ${index}`}.${found?.name ?? `error ${code}`}`,
    docs: found?.docs ?? [],
  };
}

/** All that `nameDispatchError` may say of a runtime's calls. */
export function errorNames(description: ChainDescription): readonly string[] {
  const ofPallets = description.pallets.flatMap(({name, errors}) =>
    variantsOf(errors).map(error => `${name}.${error.name}`),
  );
  const general = findEvent(description, "System.ExtrinsicFailed")?.variant.fields[0]?.type;
  const others = variantsOf(general).flatMap(({name, fields}) => {
    if (name === "Module") return [];
    const inner = fields.length === 1 ? variantsOf(fields[0]!.type) : [];
    return inner.length === 0 ? [name] : inner.map(one => `${name}.${one.name}`);
  });
  return [...ofPallets, ...others];
}

import type {LookupEntry} from "@polkadot-api/metadata-builders";
import type {ChainRuntime} from "./chain-runtime.ts";

export interface Field {
  readonly name?: string | undefined;
  readonly type: number;
  /** As the runtime's source names it. */
  readonly typeName?: string | undefined;
}

export type TypedRuntime = Pick<ChainRuntime, "metadata" | "lookup" | "extrinsicTypes">;

/** Of these the amounts are not in the unit that fees are paid in. */
const OF_OTHER_UNITS = /asset|token|nft|currenc|unique|xcm/i;
const AMOUNTS = /Balance|^(Compact<)?u128>?$/;

/**
 * That a number is an amount the metadata tells by the name alone that its type has in the source; where it has none, what
 * is as wide as amounts are is one.
 */
export function isAmount(
  {metadata}: Pick<TypedRuntime, "metadata">,
  {pallet, type, typeName}: {pallet: string; type: number; typeName: string | undefined},
  entry: LookupEntry,
): boolean {
  const width = widthOf(entry);
  if (width === undefined || !/^u\d+$/.test(width) || OF_OTHER_UNITS.test(pallet)) return false;
  // A number with a part behind the point, as wide as an amount.
  if (metadata.lookup[type]?.path.at(-1)?.startsWith("Fixed")) return false;
  return typeName === undefined ? width === "u128" : AMOUNTS.test(typeName);
}

const widthOf = (entry: LookupEntry): string | undefined =>
  entry.type === "compact" ? entry.size : entry.type === "primitive" ? entry.value : undefined;

/** A type with one part is what that part is. */
export function definitionOf({metadata}: Pick<TypedRuntime, "metadata">, type: number) {
  let at = type;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const def = metadata.lookup[at]?.def;
    if (def?.tag === "composite" && def.value.length === 1) at = def.value[0]!.type;
    else if (def?.tag === "tuple" && def.value.length === 1) at = def.value[0]!;
    else return def;
  }
  return undefined;
}

/** Wrappers of wrappers; types may contain themselves. */
const DEEPEST = 16;

/** The fields of one case of an enum, without those that hold nothing, as values have them. */
export function caseFields(
  runtime: Pick<TypedRuntime, "metadata" | "lookup">,
  type: number,
  name: string,
): readonly Field[] | undefined {
  const def = definitionOf(runtime, type);
  const fields = def?.tag === "variant" ? def.value.find(each => each.name === name)?.fields : [];
  return fields?.filter(each => runtime.lookup(each.type).type !== "void");
}

/** The fields of a call or an event, as its metadata lists them. */
export function fieldsOf(
  runtime: Pick<TypedRuntime, "metadata" | "lookup">,
  of: "calls" | "events",
  pallet: string,
  name: string,
): readonly Field[] {
  const type = runtime.metadata.pallets.find(each => each.name === pallet)?.[of]?.type;
  return type === undefined ? [] : (caseFields(runtime, type, name) ?? []);
}

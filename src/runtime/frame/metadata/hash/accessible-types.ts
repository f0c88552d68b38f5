import type {TypeInfo} from "#codec";
import type {TypeRegistry} from "../type-registry.ts";

/** A type that the tree has leaves for. `position` is what references to it say. */
export interface AccessibleType {
  readonly info: TypeInfo;
  readonly position: number;
}

/** What a type is made of, as far as a decoder has to look at it; nothing for those that a reference names itself. */
function parts({def}: TypeInfo): readonly TypeInfo[] | undefined {
  switch (def.kind) {
    case "primitive":
    case "compact":
      return undefined;
    case "bitSequence":
      // Its leaf tells width and order itself.
      return [];
    case "sequence":
    case "array":
      return [def.element];
    case "tuple":
      return def.elements.length === 0 ? undefined : def.elements;
    case "composite":
      return def.fields.length === 0 ? undefined : def.fields.map(({type}) => type);
    case "variant":
      return def.variants.length === 0
        ? undefined
        : def.variants.flatMap(({fields}) => fields.map(({type}) => type));
  }
}

/**
 * All types that an extrinsic can hold, by their number in metadata, numbered anew without gaps in metadata's order.
 * Neither primitives, nor compacts, nor what takes no bytes is among them.
 */
export function accessibleTypes(
  types: TypeRegistry,
  roots: readonly TypeInfo[],
): ReadonlyMap<number, AccessibleType> {
  const found = new Map<number, TypeInfo>();
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const id = types.idOf(next);
    if (found.has(id)) continue;
    const inner = parts(next);
    if (inner === undefined) continue;
    found.set(id, next);
    waiting.push(...inner);
  }
  const sorted = [...found].sort(([a], [b]) => a - b);
  return new Map(sorted.map(([id, info], position) => [id, {info, position}]));
}

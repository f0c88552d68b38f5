import {invariant} from "#base";
import {PRIMITIVES, type PrimitiveName, type Sink, type TypeInfo} from "#codec";
import {writeLengthPrefix as writeCompact} from "#primitives";
import type {TypeRegistry} from "../type-registry.ts";
import type {AccessibleType} from "./accessible-types.ts";

/** A reference is one byte: a primitive by its place in metadata's list of them, then the compact numbers, then these. */
const COMPACTS: readonly PrimitiveName[] = ["u8", "u16", "u32", "u64", "u128", "u256"];
const VOID = PRIMITIVES.length + COMPACTS.length;
const BY_POSITION = VOID + 1;

/** The number inside a compact, which may be wrapped in types of one field; undefined for nothing at all. */
function compactPrimitive({def}: TypeInfo): PrimitiveName | undefined {
  if (def.kind === "primitive") return def.name;
  invariant(def.kind === "composite" || def.kind === "tuple", "a compact holds a number");
  const inner = def.kind === "tuple" ? def.elements : def.fields.map(({type}) => type);
  invariant(inner.length < 2, "a compact holds one number");
  return inner[0] === undefined ? undefined : compactPrimitive(inner[0]);
}

function compactReference(inner: TypeInfo): number {
  const primitive = compactPrimitive(inner);
  if (primitive === undefined) return VOID;
  const index = COMPACTS.indexOf(primitive);
  invariant(index >= 0, `there is no compact ${primitive}`);
  return PRIMITIVES.length + index;
}

/** Writes references to types. */
export class TypeReferences {
  readonly #types: TypeRegistry;
  readonly #accessible: ReadonlyMap<number, AccessibleType>;

  constructor(types: TypeRegistry, accessible: ReadonlyMap<number, AccessibleType>) {
    this.#types = types;
    this.#accessible = accessible;
  }

  write(info: TypeInfo, sink: Sink): void {
    const {def} = info;
    if (def.kind === "primitive") {
      sink.u8(PRIMITIVES.indexOf(def.name));
    } else if (def.kind === "compact") {
      sink.u8(compactReference(def.inner));
    } else {
      this.#writePosition(this.#accessible.get(this.#types.idOf(info)), sink);
    }
  }

  /** A type that is not among the accessible ones takes no bytes. */
  #writePosition(target: AccessibleType | undefined, sink: Sink): void {
    if (target === undefined) {
      sink.u8(VOID);
    } else {
      sink.u8(BY_POSITION);
      writeCompact(target.position, sink);
    }
  }
}

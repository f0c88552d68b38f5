/**
 * What a type looks like to a client: the shape that metadata publishes. Two infos are the same type when they
 * are the same object or have the same content; object identity is what lets a type contain itself.
 */
export interface TypeInfo {
  /** Rust path, by which clients recognise a type: `["sp_core", "crypto", "AccountId32"]`. Empty for built-ins. */
  readonly path: readonly string[];
  readonly params: readonly TypeParameter[];
  readonly docs: readonly string[];
  readonly def: TypeDefinition;
}

export interface TypeParameter {
  readonly name: string;
  readonly type: TypeInfo | undefined;
}

export interface FieldInfo {
  readonly name: string | undefined;
  readonly typeName: string;
  readonly type: TypeInfo;
  readonly docs: readonly string[];
}

export interface VariantInfo {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly FieldInfo[];
  readonly docs: readonly string[];
}

export const PRIMITIVES = [
  "bool",
  "char",
  "str",
  "u8",
  "u16",
  "u32",
  "u64",
  "u128",
  "u256",
  "i8",
  "i16",
  "i32",
  "i64",
  "i128",
  "i256",
] as const;
export type PrimitiveName = (typeof PRIMITIVES)[number];

export type TypeDefinition =
  | {readonly kind: "composite"; readonly fields: readonly FieldInfo[]}
  | {readonly kind: "variant"; readonly variants: readonly VariantInfo[]}
  | {readonly kind: "sequence"; readonly element: TypeInfo}
  | {readonly kind: "array"; readonly length: number; readonly element: TypeInfo}
  | {readonly kind: "tuple"; readonly elements: readonly TypeInfo[]}
  | {readonly kind: "primitive"; readonly name: PrimitiveName}
  | {readonly kind: "compact"; readonly inner: TypeInfo}
  /** `store`: the number that bits are kept in; `order`: known by its path, `bitvec::order::Lsb0` or `Msb0`. */
  | {readonly kind: "bitSequence"; readonly store: TypeInfo; readonly order: TypeInfo};

/** Names by which a type is published, where it has any. */
export interface TypeNames {
  readonly path?: string;
  readonly params?: readonly TypeParameter[];
  readonly typeName?: string;
  readonly docs?: readonly string[];
}

export function typeInfo(def: TypeDefinition, names: TypeNames = {}): TypeInfo {
  return {
    path: names.path === undefined ? [] : names.path.split("::"),
    params: names.params ?? [],
    docs: names.docs ?? [],
    def,
  };
}

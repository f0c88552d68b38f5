import {type TypeInfo, typeInfo} from "#codec";

/** A type of which nothing but its name in the source is published: metadata 13 names types and does not describe them. */
export interface UnknownType extends TypeInfo {
  /** As the source has it, e.g. `T::ProxyType`. */
  readonly unknown: string;
}

export function unknownType(text: string): UnknownType {
  return {...typeInfo({kind: "composite", fields: []}), unknown: text};
}

export function isUnknown(type: TypeInfo): type is UnknownType {
  return "unknown" in type;
}

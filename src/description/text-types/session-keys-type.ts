import {fixedBytes, type TypeInfo, typeInfo} from "#codec";
import {fieldOf} from "./text-types.ts";

/** Fields of key structs by the types of their keys, as chains name them. */
const FIELDS: Readonly<Record<string, string>> = {
  aura: "aura",
  gran: "grandpa",
  babe: "babe",
  imon: "im_online",
  audi: "authority_discovery",
  para: "para_validator",
  asgn: "para_assignment",
  beef: "beefy",
  nmbs: "nimbus",
};

/**
 * The struct of a runtime's session keys, which metadata 13 calls `Keys` and says no more of: a key of each kind, so many
 * bytes long, in the order in which the runtime makes them.
 */
export function sessionKeysType(
  kinds: readonly {readonly keyType: string; readonly length: number}[],
): TypeInfo {
  const fields = kinds.map(({keyType, length}) =>
    fieldOf(FIELDS[keyType] ?? keyType, "", fixedBytes(length).info),
  );
  return typeInfo({kind: "composite", fields}, {path: "SessionKeys"});
}

import {concatBytes} from "#base";
import {fixedBytes, type TypeInfo, typeInfo} from "#codec";
import {PUBLIC_KEY_LENGTH, type SignatureScheme} from "#crypto";
import type {SessionKeyKind} from "#runtime-api";
import {stop} from "./stop.ts";
import type {RehearsalCollator} from "./wishes.ts";

/** Fields of key structs by their types, as chains name them. */
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
 * The struct of a runtime's session keys, for metadata 13, which calls it `Keys` and says no more: a key of each kind, in the
 * order in which the runtime makes them.
 */
export function sessionKeysType(
  kinds: readonly SessionKeyKind[],
  schemeOf: (kind: SessionKeyKind) => SignatureScheme | undefined,
): TypeInfo {
  const fields = kinds.map(kind => {
    const scheme = schemeOf(kind) ?? unknownKind(kind, kinds);
    const type = fixedBytes(PUBLIC_KEY_LENGTH[scheme]).info;
    return {name: FIELDS[kind.keyType] ?? kind.keyType, typeName: "", type, docs: []};
  });
  return typeInfo({kind: "composite", fields});
}

/** Nobody here could sign with such a key, nor tell how long it is. */
export function unknownKind({keyType}: SessionKeyKind, kinds: readonly SessionKeyKind[]): never {
  return stop({
    code: "key-type-unknown",
    what: `the chain's session keys are ${kinds.map(kind => kind.keyType).join(", ")}, and nobody here knows of which scheme keys of type ${keyType} are`,
    todo: "report the type with the chain's name: the program has to learn it",
  });
}

/** A collator's keys one after the other in the runtime's order, as `set_keys` takes them. */
export function encodedKeys(
  {keys}: RehearsalCollator,
  kinds: readonly SessionKeyKind[],
): Uint8Array {
  return concatBytes(...kinds.map(kind => keys.get(kind.keyType) ?? unknownKind(kind, kinds)));
}

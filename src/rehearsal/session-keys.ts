import {concatBytes} from "#base";
import type {SessionKeyKind} from "#runtime-api";
import {stop} from "./stop.ts";
import type {RehearsalCollator} from "./wishes.ts";

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

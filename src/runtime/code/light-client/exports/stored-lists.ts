import {choose, i32, i64, leave, when} from "#wasm";
import {constantAnswer, exportApi} from "../answer.ts";
import {addressOf, lengthOf, span} from "../memory.ts";
import type {Parts} from "../parts.ts";

/** Voters are stored behind a byte that says in which format. */
const FORMAT_BYTE = i32.const(1);

/** `AuraApi_authorities`, `GrandpaApi_grandpa_authorities` and `GrandpaApi_current_set_id`: what is stored, as it is. */
export function exportStoredLists(parts: Parts): void {
  const {module, storage} = parts;
  const emptyList = constantAnswer(module, Uint8Array.of(0));
  exportApi(parts, "AuraApi_authorities", ({local}) => {
    const stored = local("i64");
    return [
      ...stored.set(storage.value("auraAuthorities")),
      ...when(i64.isZero(stored.get), leave(emptyList)),
      ...stored.get,
    ];
  });
  exportApi(parts, "GrandpaApi_grandpa_authorities", ({local}) => {
    const stored = local("i64");
    return [
      ...stored.set(storage.value("grandpaAuthorities")),
      ...when(i64.isZero(stored.get), leave(emptyList)),
      ...span(
        i32.add(addressOf(stored.get), FORMAT_BYTE),
        i32.sub(lengthOf(stored.get), FORMAT_BYTE),
      ),
    ];
  });
  const zero = i32.const(module.reserve(8));
  exportApi(parts, "GrandpaApi_current_set_id", ({local}) => {
    const stored = local("i32");
    return [
      ...stored.set(addressOf(storage.value("grandpaSetId"))),
      ...span(choose(stored.get, stored.get, zero), i32.const(8)),
    ];
  });
}

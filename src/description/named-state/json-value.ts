import type {Result} from "#base";
import {Sink, type TypeInfo} from "#codec";
import type {ChainDescription} from "../chain-description.ts";
import {findCall} from "../find.ts";
import {attemptReading, type NamedMisfit, Place} from "./misfit.ts";
import {writeValue} from "./value-from-json.ts";

/** A value said in JSON, in SCALE by its type; `at`: what it is called where it does not fit. */
export function valueFromJson(
  type: TypeInfo,
  json: unknown,
  at = "",
): Result<Uint8Array, NamedMisfit> {
  return attemptReading(() => bytesOf(type, json, new Place(at)));
}

/** A call by its name, with its arguments in JSON: `Balances.transfer_keep_alive`, `{dest: "…", value: "1000"}`. */
export function callFromJson(
  description: ChainDescription,
  name: string,
  args: unknown,
): Result<Uint8Array, NamedMisfit> {
  const found = findCall(description, name);
  return attemptReading(() => {
    const place = new Place("call");
    if (found === undefined) {
      const expected = "a call of the chain, as Pallet.name";
      return place.field(name).expect(expected);
    }
    const {pallet, variant} = found;
    const named = variant.fields.length === 0 ? variant.name : {[variant.name]: args ?? {}};
    return bytesOf(description.call, {[pallet.name]: named}, place);
  });
}

function bytesOf(type: TypeInfo, json: unknown, place: Place): Uint8Array {
  const sink = new Sink();
  writeValue(type, json, place, sink);
  return sink.takeCopy();
}

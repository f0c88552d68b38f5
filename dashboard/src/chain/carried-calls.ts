import type {LookupEntry} from "@polkadot-api/metadata-builders";
import type {DecodedCall} from "./extrinsic.ts";
import type {TypedRuntime} from "./type-fields.ts";

type AnyEntry = LookupEntry | Extract<LookupEntry, {type: "enum"}>["value"][string];

/** They fail where what they carry fails; all others may succeed all the same, and only an event tells. */
const PASS_FAILURE_ON = ["Utility.batch_all", "Utility.as_derivative", "Utility.with_weight"];

/** Whether a call may be told to work where one that it carries, as root's and batches do, fails. */
export function hidesFailures(call: DecodedCall, runtime: TypedRuntime): boolean {
  if (!takesCalls(call, runtime)) return false;
  if (!PASS_FAILURE_ON.includes(`${call.pallet}.${call.name}`)) return true;
  return callsIn(call.args, runtime).some(each => hidesFailures(each, runtime));
}

function takesCalls({pallet, name}: DecodedCall, {metadata, lookup, extrinsicTypes}: TypedRuntime) {
  const type = metadata.pallets.find(each => each.name === pallet)?.calls?.type;
  const calls = type === undefined ? undefined : lookup(type);
  const fields = calls?.type === "enum" ? calls.value[name] : undefined;
  return fields !== undefined && reaches(fields, extrinsicTypes?.call, new Set());
}

/** Types may contain themselves. */
function reaches(entry: AnyEntry, wanted: number | undefined, seen: Set<number>): boolean {
  if ("id" in entry) {
    if (entry.id === wanted) return true;
    if (seen.has(entry.id)) return false;
    seen.add(entry.id);
  }
  return partsOf(entry).some(each => reaches(each, wanted, seen));
}

function partsOf(entry: AnyEntry): readonly AnyEntry[] {
  switch (entry.type) {
    case "sequence":
    case "array":
    case "option":
    case "lookupEntry":
      return [entry.value];
    case "tuple":
      return entry.value;
    case "struct":
    case "enum":
      return Object.values(entry.value);
    case "result":
      return [entry.value.ok, entry.value.ko];
    default:
      return [];
  }
}

/** Calls as the codecs give them: the pallet's name, and in it the call's. */
function callsIn(value: unknown, runtime: TypedRuntime): readonly DecodedCall[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  const {type, value: inner} = value as {type?: unknown; value?: {type?: unknown; value?: unknown}};
  const pallet = runtime.metadata.pallets.find(({name}) => name === type);
  if (pallet?.calls !== undefined && typeof inner?.type === "string") {
    return [{pallet: pallet.name, name: inner.type, args: inner.value, said: []}];
  }
  return Object.values(value).flatMap(each => callsIn(each, runtime));
}

import {decodeRuntimeVersion} from "#primitives";
import {toHex} from "./hex.ts";

/** From what `Core_version` answers; here `apis` is a list of pairs (spec/rpc §1). Undefined if it is no version. */
export function runtimeVersionJson(encoded: Uint8Array) {
  const version = decodeRuntimeVersion(encoded);
  if (!version.ok) return undefined;
  return {...version.value, apis: version.value.apis.map(([id, number]) => [toHex(id), number])};
}

import {node} from "../rpc/node.ts";
import {bytesToHex} from "./bytes.ts";
import {type ChainRuntime, hasItem} from "./runtime.ts";
import {plain} from "./value-text.ts";

/** Session keys that an account has registered, by kind; undefined: none, null: the chain has no such thing. */
export async function registeredKeys(
  address: string,
  runtime: ChainRuntime,
  block: string,
): Promise<readonly (readonly [string, string])[] | undefined | null> {
  if (!hasItem(runtime, "Session", "NextKeys")) return null;
  const storage = runtime.builder.buildStorage("Session", "NextKeys");
  const value = await node.call<string | null>("state_getStorage", [
    storage.keys.enc(address),
    block,
  ]);
  if (value === null) return undefined;
  const keys: unknown = storage.value.dec(value);
  if (keys instanceof Uint8Array) return [["key", bytesToHex(keys)]];
  if (typeof keys !== "object" || keys === null) return [["key", String(keys)]];
  return Object.entries(keys).map(([kind, key]) => [kind, String(plain(key))]);
}

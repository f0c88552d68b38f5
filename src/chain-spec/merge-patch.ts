import {isLosslessNumber} from "lossless-json";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A configuration with the changes of a patch: objects are changed key by key, all else takes the place of what was there,
 * `null` and lists too (sc-chain-spec, `json_patch`; RFC 7396 would have `null` remove a key).
 */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(value) || !isObject(patch)) return patch;
  const changed = Object.entries(patch).map(
    ([key, change]) => [key, key in value ? mergePatch(value[key], change) : change] as const,
  );
  return Object.fromEntries([...Object.entries(value), ...changed]);
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

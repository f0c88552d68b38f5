import {type TypeInfo, typeInfo, u32} from "#codec";
import {unknownType} from "../values/unknown-type.ts";
import {parseTypeText} from "./parse-type-text.ts";
import {fieldOf, TextTypes} from "./text-types.ts";

/**
 * `AccountInfo` went through several forms within metadata 13, which the length of its default tells apart: the nonce
 * (4 bytes), one to three counters of references (4 each), and the balances (64).
 */
const COUNTERS_BY_LENGTH: ReadonlyMap<number, readonly string[]> = new Map([
  [72, ["refcount"]],
  [76, ["consumers", "providers"]],
  [80, ["consumers", "providers", "sufficients"]],
]);

/** Undefined for other types. */
export function accountInfoOf(text: string, fallbackLength: number): TypeInfo | undefined {
  const parsed = parseTypeText(text);
  if (parsed?.kind !== "name" || parsed.name !== "AccountInfo") return undefined;
  const counters = COUNTERS_BY_LENGTH.get(fallbackLength);
  if (counters === undefined) return unknownType(text);
  const data = new TextTypes({}).typeOf("AccountData", "System");
  const fields = [
    ...["nonce", ...counters].map(name => fieldOf(name, "u32", u32.info)),
    fieldOf("data", "AccountData", data),
  ];
  return typeInfo({kind: "composite", fields}, {path: "frame_system::AccountInfo"});
}

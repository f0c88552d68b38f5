import {bytesToHex, err, hexToBytes, ok, type Result} from "#base";
import {decodeSs58} from "#crypto";
import type {GenesisVoters} from "./grandpa/restore.ts";

/**
 * What makes blocks of a chain final: GRANDPA with the voters that the runtime names, GRANDPA with a committee that stands
 * outside of it and never changes, or nobody: each block is final at once.
 */
export type FinalityChoice = GenesisVoters | {readonly kind: "at-once"};

const EXPECTED =
  "runtime, at-once, or the ed25519 keys of a committee as addresses or 0x and 64 hex digits, with commas between them";

/** `runtime`, `at-once`, or the keys of voters of equal weight, apart by commas. */
export function parseFinality(given: string): Result<FinalityChoice, string> {
  const word = given.toLowerCase();
  if (word === "runtime" || word === "at-once") return ok({kind: word});
  const keys = given.split(",").map(text => voterKey(text.trim()));
  const voters = keys.flatMap(id => (id === undefined ? [] : [{id, weight: 1}]));
  if (voters.length < keys.length) return err(EXPECTED);
  const distinct = new Set(voters.map(({id}) => bytesToHex(id)));
  return distinct.size === voters.length ? ok({kind: "committee", voters}) : err("each voter once");
}

function voterKey(text: string): Uint8Array | undefined {
  const decoded = text.startsWith("0x") ? undefined : decodeSs58(text);
  const bytes = decoded?.ok ? decoded.value.bytes : hexToBytes(text);
  return bytes?.length === 32 ? bytes : undefined;
}

import {err, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import {type Malformed, malformed} from "./malformed.ts";

/** Asks for a proof of finality from this block on: its hash and nothing else. */
export function decodeWarpRequest(bytes: Uint8Array): Result<Hash, Malformed> {
  return bytes.length === 32 ? ok(bytes) : err(malformed(`a hash of ${bytes.length} bytes`));
}

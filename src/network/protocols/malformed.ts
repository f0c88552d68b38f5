import {err, ok, type Result} from "#base";
import {type Codec, decode} from "#codec";

/** Bytes from a peer that are not the message they should be. */
export interface Malformed {
  readonly code: "malformed";
  readonly message: string;
}

export function malformed(message: string): Malformed {
  return {code: "malformed", message};
}

export function decodeScale<T>(codec: Codec<T>, bytes: Uint8Array): Result<T, Malformed> {
  const decoded = decode(codec, bytes);
  return decoded.ok ? ok(decoded.value) : err(malformed(decoded.error.message));
}

import {decompress} from "fzstd";
import {err, ok, type Result} from "#base";

/** Marks code that is compressed by zstd; what follows is one frame (upstream's sp-maybe-compressed-blob). */
const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

/** Upstream's bound on an unpacked runtime, `CODE_BLOB_BOMB_LIMIT`: bytes. */
export const MAX_UNPACKED_CODE = 50 * 1024 * 1024;

/** The module itself; code that is not compressed is given back as it is. The failure is a reason for people. */
export function unpackCode(code: Uint8Array): Result<Uint8Array, string> {
  if (!COMPRESSED.every((byte, i) => code[i] === byte)) return ok(code);
  try {
    const unpacked = decompress(code.subarray(COMPRESSED.length));
    if (unpacked.length > MAX_UNPACKED_CODE) return err(`unpacks to ${unpacked.length} bytes`);
    return ok(unpacked);
  } catch (error) {
    return err(`zstd: ${error instanceof Error ? error.message : String(error)}`);
  }
}

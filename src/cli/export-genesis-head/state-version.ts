import {decompress} from "fzstd";
import {err, ok, type Result} from "#base";
import {attempt, str, u32} from "#codec";
import {readCode} from "#runtime";

/** Marks a runtime that is compressed by zstd; what follows is one frame. */
const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);
/** Upstream's bound on an unpacked runtime. */
const MAX_UNPACKED = 50 * 1024 * 1024;

function unpack(code: Uint8Array): Result<Uint8Array, string> {
  if (!COMPRESSED.every((byte, i) => code[i] === byte)) return ok(code);
  try {
    const unpacked = decompress(code.subarray(COMPRESSED.length));
    if (unpacked.length > MAX_UNPACKED) return err(`unpacks to ${unpacked.length} bytes`);
    return ok(unpacked);
  } catch (error) {
    return err(`zstd: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The state version of a runtime, of whatever make: the last field of its `runtime_version` section. Runtimes from
 * before the field existed have 0.
 */
export function stateVersionOf(code: Uint8Array): Result<0 | 1, string> {
  const module = unpack(code);
  if (!module.ok) return module;
  const read = readCode(module.value);
  if (!read.ok) return err(`:code has no readable version (${read.error.code})`);
  const version = attempt(read.value.version, source => {
    str.decodeFrom(source);
    str.decodeFrom(source);
    for (let i = 0; i < 3; i++) u32.decodeFrom(source);
    const apis = source.u8() >> 2;
    source.advance(12 * apis);
    if (source.remaining >= 4) u32.decodeFrom(source);
    return source.remaining > 0 ? source.u8() : 0;
  });
  if (!version.ok) return err(`runtime_version: ${version.error.message}`);
  return version.value === 0 || version.value === 1
    ? ok(version.value)
    : err(`state version ${version.value} is not known`);
}

import {attempt, readCompact, type Source} from "#codec";

const startsWithMagic = (bytes: Uint8Array, at: number) =>
  bytes[at] === 0x6d && bytes[at + 1] === 0x65 && bytes[at + 2] === 0x74 && bytes[at + 3] === 0x61;

/**
 * The metadata inside what callers get: the bytes themselves (`state_getMetadata`), with their length in front
 * (`Metadata_metadata`), or an option of that (`Metadata_metadata_at_version`). Undefined where there is none.
 */
export function innerMetadata(bytes: Uint8Array): Uint8Array | undefined {
  if (startsWithMagic(bytes, 0)) return bytes;
  return framed(bytes, 0) ?? (bytes[0] === 1 ? framed(bytes, 1) : undefined);
}

function framed(bytes: Uint8Array, offset: number): Uint8Array | undefined {
  const inner = attempt(bytes.subarray(offset), (source: Source) => {
    const length = readCompact(source);
    const start = source.advance(length);
    return source.remaining === 0 ? source.bytes.subarray(start) : undefined;
  });
  const found = inner.ok ? inner.value : undefined;
  return found !== undefined && startsWithMagic(found, 0) ? found : undefined;
}

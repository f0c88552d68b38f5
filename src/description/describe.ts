import {err, ok, type Result} from "#base";
import {attempt, type TypeInfo} from "#codec";
import {
  type ChainDescription,
  type DescribeFailure,
  METADATA_VERSIONS,
  type MetadataVersion,
} from "./chain-description.ts";
import {innerMetadata} from "./metadata/inner-metadata.ts";
import {readPortable} from "./metadata/read-portable.ts";
import {readV13} from "./metadata/read-v13.ts";

/** Where the metadata of a chain says less than somebody knows. */
export interface DescribeOptions {
  /**
   * For metadata 13, which names types and does not describe them: what a name stands for on this chain, e.g. its
   * session keys as `Keys`. Names as in the source, without the path and the parameters.
   */
  readonly types?: Readonly<Record<string, TypeInfo>>;
}

const MAGIC_LENGTH = 4;

/** A runtime from its metadata, in whichever wrapping a caller got it. Some milliseconds for half a megabyte. */
export function describe(
  metadata: Uint8Array,
  {types = {}}: DescribeOptions = {},
): Result<ChainDescription, DescribeFailure> {
  const bytes = innerMetadata(metadata);
  if (bytes === undefined) return err({code: "not-metadata"});
  const version = bytes[MAGIC_LENGTH];
  if (version === undefined) {
    return err({code: "malformed", message: "there is no version", offset: MAGIC_LENGTH});
  }
  if (!isSupported(version)) return err({code: "version-unsupported", version});
  const read = attempt(bytes, source => {
    source.advance(MAGIC_LENGTH + 1);
    const description = version === 13 ? readV13(source, types) : readPortable(source, version);
    if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
    return description;
  });
  if (read.ok) return ok(read.value);
  return err({code: "malformed", message: read.error.message, offset: read.error.offset});
}

const isSupported = (version: number): version is MetadataVersion =>
  METADATA_VERSIONS.some(known => known === version);

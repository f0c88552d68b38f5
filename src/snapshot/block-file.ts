import {err, ok, type Result} from "#base";
import {bytes, decode, encode, option, struct, vec} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, type Header, header as headerCodec, headerHash} from "#primitives";

/** What voters of GRANDPA left: who votes after the block, and how that is known from the chain's beginning on. */
export interface SnapshotFinality {
  /** As a node keeps it (`AuthoritySet`). */
  readonly sets: Uint8Array;
  /** SCALE answers of sync/warp, one after the other from the chain's first block to this one; undefined where there is no such way. */
  readonly warpProofs: readonly Uint8Array[] | undefined;
}

/** The block of a snapshot, with all that belongs to it but its state. */
export interface SnapshotBlock {
  /** SCALE. */
  readonly header: Uint8Array;
  readonly body: readonly Uint8Array[];
  /** Proofs of its finality, as the store keeps them; undefined where there are none. */
  readonly justifications: Uint8Array | undefined;
  readonly finality: SnapshotFinality | undefined;
}

const blockFile = struct({
  header: bytes,
  body: vec(bytes),
  justifications: option(bytes),
  finality: option(struct({sets: bytes, warpProofs: option(vec(bytes))})),
});

export function encodeBlock({header, body, justifications, finality}: SnapshotBlock): Uint8Array {
  const {sets, warpProofs} = finality ?? {};
  return encode(blockFile, {
    header,
    body: [...body],
    justifications,
    finality: sets && {sets, warpProofs: warpProofs && [...warpProofs]},
  });
}

/** A block as a file has it, and what its header says. */
export interface ReadBlock extends SnapshotBlock {
  readonly hash: Hash;
  readonly decoded: Header;
}

/** Reads what may come from anyone: the block is one, and that is all that is known of it. */
export function readBlock(
  file: Uint8Array,
  hashing: Pick<Hashing, "blockHash">,
): Result<ReadBlock, string> {
  const block = decode(blockFile, file);
  if (!block.ok) return err(block.error.message);
  const decoded = decode(headerCodec, block.value.header);
  if (!decoded.ok) return err(`its header does not decode: ${decoded.error.message}`);
  return ok({...block.value, hash: headerHash(decoded.value, hashing), decoded: decoded.value});
}

import {type Codec, compactU32, encode, struct, vec} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, hash} from "./account.ts";
import {type DigestItem, digestItem} from "./digest.ts";

/** A block's header. Its hash, with the seal in place, names the block. */
export interface Header {
  readonly parentHash: Hash;
  readonly number: number;
  readonly stateRoot: Hash;
  readonly extrinsicsRoot: Hash;
  readonly digest: readonly DigestItem[];
}

export const header: Codec<Header> = struct(
  {
    parentHash: hash,
    number: compactU32,
    stateRoot: hash,
    extrinsicsRoot: hash,
    digest: vec(digestItem) as Codec<readonly DigestItem[]>,
  },
  {path: "sp_runtime::generic::header::Header"},
);

export function headerHash(value: Header, hashing: Pick<Hashing, "blockHash">): Hash {
  return hashing.blockHash(encode(header, value));
}

import {ok} from "#base";
import type {Hash} from "#primitives";
import {bytes, hash, listOf, method, param, type Reader} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

type HashOrExtrinsic = {readonly hash: Hash} | {readonly extrinsic: Uint8Array};

const hashOrExtrinsic: Reader<HashOrExtrinsic> = {
  expected: '{"hash": 32 bytes of hex} or {"extrinsic": hex}',
  schema: {
    type: "object",
    properties: {hash: hash.schema, extrinsic: bytes.schema},
    anyOf: [{required: ["hash"]}, {required: ["extrinsic"]}],
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    const given = json as Record<string, unknown>;
    const byHash = hash.read(given.hash);
    if (byHash !== undefined) return {hash: byHash};
    const extrinsic = bytes.read(given.extrinsic);
    return extrinsic && {extrinsic};
  },
};

export const authorRemoveExtrinsic = method({
  name: "author_removeExtrinsic",
  unsafe: true,
  params: [param("extrinsics", listOf(hashOrExtrinsic))],
  result: "[Hash] of those removed; they are banned for a while",
  handle({pool, hashing}, given) {
    const hashes = given.map(each =>
      "hash" in each ? each.hash : hashing.blockHash(each.extrinsic),
    );
    return ok(pool.remove(hashes).map(toHex));
  },
});

import {equalBytes, err, ok, type Result} from "#base";
import {decode} from "#codec";
import {type AuthoritySet, warpProof} from "#consensus";
import type {Hashing} from "#crypto";
import {type Hash, headerHash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import {buildWarpProof, chainViewOf} from "../finality/grandpa/index.ts";

/** Who votes after a block, and the way to it. */
export interface VotersAfter {
  /** As it is kept (`AuthoritySet`). */
  readonly sets: Uint8Array;
  /** SCALE answers of sync/warp, one after the other from the chain's first block to this one; undefined where there is no such way. */
  readonly warpProofs: readonly Uint8Array[] | undefined;
}

export interface VotersParts {
  readonly chain: Blockchain;
  readonly sets: AuthoritySet;
  readonly hashing: Pick<Hashing, "blockHash">;
}

/** Of a final block. Fails for one below a change of voters: who voted then is not kept. */
export function votersAfter(
  {chain, sets, hashing}: VotersParts,
  block: BlockRef,
): Result<VotersAfter, "voters-changed"> {
  const then = sets.before(block, chainViewOf(chain));
  if (then === undefined) return err("voters-changed");
  const warpProofs = chain.isStandIn(chain.genesisHash)
    ? undefined
    : wayTo({chain, sets, hashing}, block);
  return ok({sets: then.encode(), warpProofs});
}

/** Undefined where a change on the way was forced, or a proof on the way, or of the block, was not kept. */
function wayTo({chain, sets, hashing}: VotersParts, block: BlockRef): Uint8Array[] | undefined {
  const proofs: Uint8Array[] = [];
  let from: Hash = chain.genesisHash;
  for (;;) {
    if (equalBytes(from, block.hash)) return proofs;
    const built = buildWarpProof(chain, sets, from, block);
    const read = built?.ok ? decode(warpProof, built.value) : undefined;
    if (!built?.ok || !read?.ok) return undefined;
    const last = read.value.fragments.at(-1);
    if (last === undefined) return undefined;
    proofs.push(built.value);
    from = headerHash(last.header, hashing);
  }
}

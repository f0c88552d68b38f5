import {equalBytes, ok, type Result} from "#base";
import {decode, encode} from "#codec";
import {
  type AuthoritySet,
  justification as justificationCodec,
  type WarpFragment,
  warpProof,
} from "#consensus";
import {type Hash, header as headerCodec} from "#primitives";
import type {Blockchain} from "../../chain/blockchain.ts";
import type {BlockRef} from "../../chain/chain-events.ts";

/** Largest answer of sync/warp (spec/network §1.5). */
const MOST_BYTES = 8 * 1_024 * 1_024;

/**
 * The proof that leads from a final block to the newest one: each change of voters on the way, signed by those before
 * it, and what is final now. It ends early where a change was forced, as that has no proof. Undefined where the block
 * is not final here, and so not ours to start from. `finalized`: another final block to lead to.
 */
export function buildWarpProof(
  chain: Blockchain,
  sets: AuthoritySet,
  from: Hash,
  finalized: BlockRef = chain.lastFinalized,
): Result<Uint8Array, never> | undefined {
  const start = chain.header(from);
  const isFinal =
    start !== undefined &&
    start.number <= finalized.number &&
    equalBytes(chain.hashOf(start.number) ?? new Uint8Array(0), from);
  if (!isFinal) return undefined;
  const fragments: WarpFragment[] = [];
  let size = 0;
  const add = (hash: Hash): boolean => {
    const header = chain.header(hash);
    const proof = chain.justification(hash);
    const decoded = proof === undefined ? undefined : decode(justificationCodec, proof);
    if (header === undefined || proof === undefined || !decoded?.ok) return false;
    size += proof.length + encode(headerCodec, header).length;
    if (size > MOST_BYTES && fragments.length > 0) return false;
    fragments.push({header, justification: decoded.value});
    return true;
  };
  const isOnWay = ({number}: BlockRef) => number > start.number && number <= finalized.number;
  const ends = sets.changes.filter(({last, enactedAt, forced}) =>
    isOnWay(forced ? enactedAt : last),
  );
  // While the history below a leap is being filled, headers on the way are missing: others have them.
  if (ends.some(({last}) => chain.headerBytes(last.hash) === undefined)) return undefined;
  const isWhole = ends.every(({last, forced}) => !forced && add(last.hash));
  const top = fragments.at(-1)?.header.number ?? start.number;
  if (isWhole && finalized.number > top) add(finalized.hash);
  return ok(encode(warpProof, {fragments, isFinished: isWhole}));
}

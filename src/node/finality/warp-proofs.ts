import {equalBytes, ok, type Result} from "#base";
import {decode, encode} from "#codec";
import {
  type AuthoritySets,
  justification as justificationCodec,
  type WarpFragment,
  warpProof,
} from "#consensus";
import type {Hash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";

/** Largest answer of sync/warp (spec/network §1.5). */
const MOST_BYTES = 8 * 1_024 * 1_024;

/**
 * The proof that leads from a final block to the newest one: each change of voters on the way, signed by those before
 * it, and what is final now. Undefined where the block is not final here, so not ours to start from.
 */
export function buildWarpProof(
  chain: Blockchain,
  sets: AuthoritySets,
  from: Hash,
): Result<Uint8Array, never> | undefined {
  const start = chain.header(from);
  const finalized = chain.lastFinalized;
  const isFinal =
    start !== undefined &&
    start.number <= finalized.number &&
    equalBytes(chain.hashOf(start.number) ?? new Uint8Array(0), from);
  if (!isFinal) return undefined;
  const fragments: WarpFragment[] = [];
  let size = 0;
  let isWhole = true;
  let setId: number | undefined;
  const add = (hash: Hash): boolean => {
    const header = chain.header(hash);
    const proof = chain.justification(hash);
    const decoded = proof === undefined ? undefined : decode(justificationCodec, proof);
    if (header === undefined || proof === undefined || !decoded?.ok) return false;
    size += proof.length + encode(warpProof, {fragments: [], isFinished: 0}).length + 1_024;
    if (size > MOST_BYTES) return false;
    fragments.push({header, justification: decoded.value});
    return true;
  };
  for (const end of sets.ends) {
    if (end.block.number <= start.number) continue;
    // A change by force has no proof: whoever comes from before it needs another starting point.
    const isNext = setId === undefined || end.setId === setId + 1;
    if (!isNext || !add(end.block.hash)) {
      isWhole = false;
      break;
    }
    setId = end.setId;
  }
  const last = fragments.at(-1)?.header.number ?? start.number;
  if (isWhole && finalized.number > last) add(finalized.hash);
  return ok(encode(warpProof, {fragments, isFinished: isWhole ? 1 : 0}));
}

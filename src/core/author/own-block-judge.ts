import type {Result} from "#base";
import type {BlockProof} from "../chain/block-proof.ts";
import type {PastBlock} from "../replay/past-block.ts";

/**
 * Asked of each block of this node's own once it is sealed, before it is kept and told of; a failure, with the reason in words,
 * stops it. `proof`: what was noted while it was made; undefined where it is not what its execution comes to.
 */
export type OwnBlockJudge = (
  block: PastBlock,
  proof: BlockProof | undefined,
) => Result<void, {readonly reason: string}>;

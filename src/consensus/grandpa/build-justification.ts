import {bytesToBinary, err, ok, type Result} from "#base";
import type {Header} from "#primitives";
import {type BlockRef, sameBlock} from "./block-ref.ts";
import type {ChainView} from "./chain-view.ts";
import {baseOf, type Commit} from "./commit.ts";
import type {Justification} from "./justification.ts";

/**
 * A vote's way down to the commit's target, or to the lowest vote below that, leaves what the local chain knows: the
 * commit cannot be proved from here.
 */
export type UnprovableCommit = {readonly code: "ancestry-unknown"; readonly vote: BlockRef};

/**
 * Adds to a commit the headers between its votes and its target, or the lowest vote where that is below the target:
 * each once, none that is not on a way.
 */
export function buildJustification(
  round: number,
  commit: Commit,
  chain: Pick<ChainView, "header">,
): Result<Justification, UnprovableCommit> {
  const base = baseOf(commit);
  const seen = new Set<string>();
  const votesAncestries: Header[] = [];
  for (const vote of [...commit.precommits.map(({target}) => target), commit.target]) {
    let at = vote;
    while (!sameBlock(at, base)) {
      const header = chain.header(at.hash);
      if (header?.number !== at.number || at.number <= base.number) {
        return err({code: "ancestry-unknown", vote});
      }
      const key = bytesToBinary(at.hash);
      if (seen.has(key)) break;
      seen.add(key);
      votesAncestries.push(header);
      at = {hash: header.parentHash, number: at.number - 1};
    }
  }
  return ok({round, commit, votesAncestries});
}

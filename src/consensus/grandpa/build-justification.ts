import {bytesToBinary, equalBytes, err, ok, type Result} from "#base";
import type {Header} from "#primitives";
import type {BlockRef} from "./block-ref.ts";
import type {ChainView} from "./chain-view.ts";
import type {Commit} from "./commit.ts";
import type {Justification} from "./justification.ts";

/** A vote's way to the target leaves what the local chain knows: the commit cannot be proved from here. */
export type UnprovableCommit = {readonly code: "vote-not-above-target"; readonly vote: BlockRef};

/** Adds to a commit the headers between its votes and its target: each once, none that is not on a way. */
export function buildJustification(
  round: number,
  commit: Commit,
  chain: Pick<ChainView, "header">,
): Result<Justification, UnprovableCommit> {
  const {target} = commit;
  const seen = new Set<string>();
  const votesAncestries: Header[] = [];
  for (const {target: vote} of commit.precommits) {
    let hash = vote.hash;
    while (!equalBytes(hash, target.hash) && !seen.has(bytesToBinary(hash))) {
      const header = chain.header(hash);
      if (header === undefined || header.number <= target.number) {
        return err({code: "vote-not-above-target", vote});
      }
      seen.add(bytesToBinary(hash));
      votesAncestries.push(header);
      hash = header.parentHash;
    }
  }
  return ok({round, commit, votesAncestries});
}

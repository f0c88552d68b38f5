import {type Codec, struct, vec} from "#codec";
import {type Header, header} from "#primitives";
import {type Commit, commit} from "./commit.ts";
import {safeU64} from "./safe-u64.ts";

/** A commit that proves itself to whoever knows the voters: with the headers between its votes and its target. */
export interface Justification {
  readonly round: number;
  readonly commit: Commit;
  /** Headers on the ways from the votes down to, and without, the target; each once, in no set order. */
  readonly votesAncestries: readonly Header[];
}

/** As stored and sent under engine id `FRNK` (spec/network §2.4). */
export const justification = struct({
  round: safeU64,
  commit,
  votesAncestries: vec(header),
}) as Codec<Justification>;

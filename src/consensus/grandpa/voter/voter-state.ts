import {bool, option, struct, type ValueOf, vec} from "#codec";
import {blockRef} from "../block-ref.ts";
import {signedMessage} from "../message.ts";
import {safeU64} from "../safe-u64.ts";

/**
 * What a voter must know after a restart: what it said in its round, so that it never says otherwise, and all votes
 * of the round before, on which this one builds and which a slower voter may need. The state is kept beside the
 * votes because a crash may have lost the blocks that they are for.
 */
export const voterState = struct({
  setId: safeU64,
  round: safeU64,
  own: vec(signedMessage),
  previous: struct({
    round: safeU64,
    ghost: option(blockRef),
    finalized: option(blockRef),
    estimate: option(blockRef),
    completable: bool,
    votes: vec(signedMessage),
  }),
});
export type VoterState = ValueOf<typeof voterState>;

import {millis} from "#base";
import {type AuthoritySet, GrandpaVoter} from "#consensus";
import {chainViewOf} from "./chain-view.ts";
import type {GrandpaDependencies} from "./dependencies.ts";
import {VOTES_KEPT_AS} from "./restore.ts";
import {createVoteSigner} from "./signing.ts";

/** Gossip periods per slot: a round takes four, so that each block has one of its own. */
const PERIODS_PER_SLOT = 6;
/** Sets whose ends peers may still need. */
const SET_ENDS_SENT = 16;

/** A voter that votes for no block above `highest`, and goes on from what the chain has as final, with what the disk remembers of its votes. */
export function createVoter(
  sets: AuthoritySet,
  dependencies: GrandpaDependencies,
  localKeys: readonly Uint8Array[],
  highest: () => number,
): GrandpaVoter {
  const {store, chain, crypto, random, slotDuration, mayVote} = dependencies;
  const finalized = chain.lastFinalized;
  return new GrandpaVoter(
    {
      // Asked anew each time: an upgrade of the runtime may change how long a slot is.
      get gossipPeriod() {
        return millis(Math.max(1, Math.floor(slotDuration() / PERIODS_PER_SLOT)));
      },
      localKeys,
      mayVote,
    },
    {
      chain: chainViewOf(chain, highest),
      signatures: crypto.signatures,
      ...createVoteSigner(dependencies),
      hashing: crypto.hashing,
      random,
    },
    {
      sets,
      finalized,
      votes: store.value(VOTES_KEPT_AS),
      justifications: [...sets.changes.slice(-SET_ENDS_SENT).map(({last}) => last), finalized]
        .map(({hash}) => chain.justification(hash))
        .filter(proof => proof !== undefined),
    },
  );
}

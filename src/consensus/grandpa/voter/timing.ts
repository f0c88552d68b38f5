import {type Millis, millis} from "#base";

/** How long after the start of a round, in gossip periods, a voter prevotes and precommits (spec/network §2.3). */
export const PREVOTE_AFTER = 2;
export const PRECOMMIT_AFTER = 4;

/** Gossip periods that one round is reckoned to take when peers are chosen for its votes (§2.5). */
const ROUND_LENGTH = 5;
/** After so many gossip periods more peers, and then all, are sent the votes of a round. */
export const MORE_PEERS_AFTER = 1.5 * ROUND_LENGTH;
export const ALL_PEERS_AFTER = 3 * ROUND_LENGTH;
/** Peers who are sent everything from the start, apart from the square root of all. */
export const LUCKY_PEERS = 4;

/** What could not be signed for want of a descriptor or of space is tried again after so many gossip periods. */
export const SIGN_AGAIN_AFTER = 1;

/** How long a lone voter waits for a block that it promised a vote for and does not have: peers may bring it. */
export const PROMISED_BLOCK_WAIT = millis(30_000);

/** A neighbour packet is repeated after so long without news; one repeated within half of it is punished (§2.5). */
export const NEIGHBOUR_PERIOD = millis(120_000);

/** Time for the answer to a catch-up request (§2.5). */
export const CATCH_UP_TIMEOUT = millis(45_000);
/** The first time that a peer is asked, while there are others: anybody may claim rounds, and say nothing. */
export const FIRST_CATCH_UP_TIMEOUT = millis(15_000);
/** A peer so many rounds ahead is asked how it got there (§2.5). */
export const CATCH_UP_THRESHOLD = 2;

/**
 * A round without end is told again after so many gossip periods, then after twice as many, up to the last. Upstream
 * waits five minutes; but a network that was cut heals when its votes are told again, and nobody likes to wait.
 */
export const RESEND_AFTER = 10;
export const RESEND_AT_MOST = 80;

/** A commit that a peer does not take up is told again after so long, doubling each time. */
export const COMMIT_RESEND = millis(5_000);
export const COMMIT_RESEND_AT_MOST = millis(300_000);

/** The same block is asked for again after this time. */
export const BLOCK_WANTED_AGAIN = millis(10_000);

export function after(start: Millis, count: number, unit = 1): Millis {
  return millis(start + count * unit);
}

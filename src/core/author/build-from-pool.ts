import {bytesToBinary, bytesToHex, type Logger, type Result} from "#base";
import type {TransactionPool} from "#pool";
import {describeApiFailure, type Runtime} from "#runtime-api";
import {
  type Candidate,
  type LeftOut,
  type Proposal,
  type ProposalFailure,
  type ProposalRequest,
  propose,
} from "./proposer.ts";
import {findSpoiler} from "./spoiler.ts";

/** Spoilers looked for in one slot: each costs some ten blocks built, and other work waits. The next one is next slot's. */
const MOST_SPOILERS = 1;

/** Transactions that used up the stack which are looked past in one slot: each costs what was built up to it. */
const MOST_OVERFLOWS = 3;

/**
 * Builds a block of what waits in the pool, and has the pool drop what turned out to be of no use. Where the block could
 * not be completed, the transaction that spoilt it is found and dropped, and the block is built anew without it: what the
 * runtime said of others after that one counts for nothing. A transaction that does not end costs the slot, and is dropped. One that
 * used up the engine's stack takes the block along that it was to go into, since nobody knows what was being written just then:
 * it is dropped, and the block begun anew.
 */
export async function buildFromPool(
  runtime: Runtime,
  request: Omit<ProposalRequest, "transactions" | "onLeftOut">,
  {
    pool,
    logger,
    isOfPool = () => true,
    below = [],
  }: {
    readonly pool: TransactionPool;
    readonly logger: Logger;
    /** Whether the pool goes by the block's parent, still: what is of no use on another one may be of use elsewhere. */
    readonly isOfPool?: () => boolean;
    /** What a parent holds that the pool was not told of yet: none of it is tried again. */
    readonly below?: readonly Uint8Array[];
  },
): Promise<Result<Proposal, ProposalFailure>> {
  let spoilers = 0;
  let overflows = 0;
  for (;;) {
    const waiting = pool.best();
    const leftOut: [Candidate, LeftOut][] = [];
    const proposal = await propose(runtime, {
      ...request,
      transactions: below.length === 0 ? waiting : without(waiting, below),
      onLeftOut(transaction, why) {
        // Tried without it, what follows on it would look invalid and be lost.
        waiting.setAside(transaction);
        leftOut.push([transaction, why]);
      },
    });
    if (proposal.ok) {
      const useless = leftOut.filter(([, {kind}]) => kind === "invalid" || kind === "trapped");
      for (const [{hash}, why] of useless) logLeftOut(logger, hash, why);
      if (useless.length > 0 && isOfPool())
        pool.remove(
          useless.map(([{hash}]) => hash),
          "invalid",
        );
      return proposal;
    }
    const {endless} = proposal.error;
    if (endless !== undefined) {
      // There is no time for another block in this slot.
      pool.remove([endless.hash], "invalid");
      const facts = {hash: bytesToHex(endless.hash), reason: describeApiFailure(proposal.error)};
      logger.log("warn", "aura", "transaction does not end: set aside", facts);
      return proposal;
    }
    const {overflowing} = proposal.error;
    if (overflowing !== undefined) {
      pool.remove([overflowing.hash], "invalid");
      const facts = {
        hash: bytesToHex(overflowing.hash),
        reason: describeApiFailure(proposal.error),
      };
      logger.log("warn", "aura", "transaction used up the stack: set aside", facts);
      if (++overflows > MOST_OVERFLOWS) return proposal;
      continue;
    }
    if (spoilers === MOST_SPOILERS) return proposal;
    spoilers++;
    const canComplete = async (transactions: readonly Candidate[]) => {
      const whole = {...request, transactions, hasTime: () => true, onLeftOut() {}};
      return (await propose(runtime, whole)).ok;
    };
    const spoiler = await findSpoiler(proposal.error.included ?? [], canComplete);
    if (spoiler === undefined) return proposal;
    pool.remove([spoiler.hash], "invalid");
    const facts = {hash: bytesToHex(spoiler.hash), reason: describeApiFailure(proposal.error)};
    logger.log("warn", "aura", "transaction spoils the block that it is in: dropped", facts);
  }
}

function* without(
  transactions: Iterable<Candidate>,
  below: readonly Uint8Array[],
): Generator<Candidate> {
  const included = new Set(below.map(bytesToBinary));
  for (const transaction of transactions) {
    if (!included.has(bytesToBinary(transaction.bytes))) yield transaction;
  }
}

function logLeftOut(logger: Logger, hash: Uint8Array, why: LeftOut): void {
  if (why.kind === "trapped") {
    const text = "transaction made the runtime trap: set aside";
    logger.log("warn", "aura", text, {hash, reason: why.reason});
  } else if (why.kind === "invalid") {
    const text = "transaction is no longer valid: dropped";
    logger.log("debug", "aura", text, {hash, reason: why.reason});
  }
}

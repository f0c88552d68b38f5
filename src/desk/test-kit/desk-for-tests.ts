import {millis} from "#base";
import {inlineSignatures} from "../../core/signatures/inline-signatures.ts";
import {SignatureChecks} from "../../core/signatures/signature-checks.ts";
import {type CoreForTests, FIRST_SLOT, SLOT} from "../../core/test-kit/core-for-tests.ts";
import {ChainFacts, CollatorDesk, KeyHolder} from "../index.ts";
import {memorySlotKeeper, SlotJournal} from "../slots/index.ts";

/** A collator's desk over a core, with a journal to be written by hand. */
export function deskForTests({core, crypto, keystore, store, clock}: CoreForTests) {
  const {verifySignature} = new SignatureChecks(crypto, inlineSignatures(crypto));
  const journal = new SlotJournal(memorySlotKeeper(), clock, error => {
    throw error;
  });
  const facts = new ChainFacts(core.chain, {verifySignature}, crypto.hashing);
  const desk = new CollatorDesk({
    core,
    facts,
    holder: new KeyHolder(keystore, store),
    journal,
    isCollator: true,
    thread: {clock: {now: () => millis(0)}, yieldThread: async () => {}},
    onFault: fault => {
      throw fault;
    },
  });
  return {desk, journal, facts};
}

/** More than any set of these tests has authors: within so many slots one is ours. */
const ONE_ROUND = 16;

/** Makes the next block that one of the core's keys may make, and notes it as the author would. */
export async function makeNext(kit: CoreForTests, journal: SlotJournal): Promise<number> {
  const first = kit.clock.now() / SLOT - FIRST_SLOT + 1;
  for (let slot = first; ; slot++) {
    const made = await kit.make(slot).catch((error: unknown) => {
      // Somebody else's turn, unless none of all is ours.
      if (slot === first + ONE_ROUND) throw error;
    });
    if (made === undefined) continue;
    const {number, hash} = made;
    const at = FIRST_SLOT + slot;
    const outcome = "produced";
    journal.note({
      slot: at,
      at: millis(at * SLOT),
      outcome,
      block: {number, hash},
      detail: undefined,
    });
    return slot;
  }
}

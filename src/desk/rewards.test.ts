import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {inlineSignatures} from "../core/signatures/inline-signatures.ts";
import {SignatureChecks} from "../core/signatures/signature-checks.ts";
import {coreForTests} from "../core/test-kit/core-for-tests.ts";
import {BlockAuthors} from "./block-authors.ts";
import {ChainFacts} from "./chain-facts.ts";
import {RewardBook} from "./rewards.ts";

const BLOCKS = 40;

/** A chain of four authors, with a book that counts what it asks of the runtime and how long it works in one go. */
async function bookOn() {
  const kit = await coreForTests(["Alice", "Bob", "Charlie", "Dave"]);
  for (let slot = 1; slot <= BLOCKS; slot++) await kit.make(slot);
  const {chain} = kit.core;
  const signatures = new SignatureChecks(kit.crypto, inlineSignatures(kit.crypto));
  const facts = new ChainFacts(
    chain,
    {verifySignature: signatures.verifySignature},
    kit.crypto.hashing,
  );
  const counted = {session: 0, set: 0, rests: 0, inOneGo: 0};
  let since = 0;
  // Each question to the runtime takes a millisecond.
  const now = () => counted.session + counted.set;
  const authors = new BlockAuthors({
    chain,
    facts: {
      authors(block) {
        counted.session++;
        return facts.authors(block);
      },
    },
  });
  const book = new RewardBook({
    chain,
    authors,
    slots: kit.core.slots,
    facts: {
      authors: block => facts.authors(block),
      set(block) {
        counted.set++;
        return facts.set(block);
      },
      paidAtStart: (...asked) => facts.paidAtStart(...asked),
    },
    thread: {
      clock: {now: () => millis(now())},
      async yieldThread() {
        counted.rests++;
        counted.inOneGo = Math.max(counted.inOneGo, now() - since);
        since = now();
        await new Promise(resolve => setImmediate(resolve));
      },
    },
  });
  const [alice, bob] = facts.session(chain.best().hash)!.validators;
  return {kit, book, counted, alice: alice!, bob: bob!};
}

test("rewards are looked up in slices of a few milliseconds, however far back somebody asks", async () => {
  const {book, counted, alice} = await bookOn();
  const rewards = (await book.of(alice, 10_000))!;
  assert.equal(rewards.length, BLOCKS / 4);
  for (const [i, {number, potBefore, potAfter}] of rewards.entries()) {
    assert.equal(number, rewards[0]!.number - 4 * i);
    assert.deepEqual([potBefore, potAfter], [10_000_000_000n, 10_000_000_000n]);
  }
  assert.ok(counted.rests >= BLOCKS / 5);
  // The slice of four, and what the last block in it took.
  assert.ok(counted.inOneGo <= 7);
});

test("asked again, only new blocks cost anything; asked for another account, only its pots", async () => {
  const {kit, book, counted, alice, bob} = await bookOn();
  const first = await book.of(alice, BLOCKS);
  const {session, set} = counted;
  assert.equal(session, BLOCKS);
  assert.deepEqual(await book.of(alice, BLOCKS), first);
  assert.deepEqual([counted.session, counted.set], [session, set]);
  await kit.make(BLOCKS + 1);
  await book.of(alice, BLOCKS);
  assert.equal(counted.session, session + 1);
  const before = counted.set;
  assert.equal((await book.of(bob, BLOCKS))?.length, BLOCKS / 4);
  assert.deepEqual([counted.session, counted.set], [session + 1, before + (2 * BLOCKS) / 4]);
});

test("many who ask at once are one after the other, and each block is looked up once", async () => {
  const {book, counted, alice} = await bookOn();
  const answers = await Promise.all(Array.from({length: 20}, () => book.of(alice, BLOCKS)));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(counted.session, BLOCKS);
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, type Result, silentLogger, slot, unwrap} from "#base";
import {createMemorySigningGuard} from "#keystore";
import {BlockImporter} from "../chain/block-importer.ts";
import {BlocksUnderWay} from "../chain/blocks-under-way.ts";
import {inlineSignatures} from "../signatures/inline-signatures.ts";
import {SignatureChecks} from "../signatures/signature-checks.ts";
import {
  type CoreForTests,
  coreForTests,
  FIRST_SLOT,
  foreignCoreForTests,
} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";
import {signedUpgrade} from "../test-kit/upgrade.ts";
import {BlockMaker} from "./block-maker.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];

/** A node that is importing another one's block, whose signatures are looked at for as long as somebody likes. */
async function importing() {
  const a = await coreForTests(NAMES);
  const b = await coreForTests(NAMES);
  const [first, second] = [0, 1].map(nonce =>
    signedRemark(a.core, a.crypto, {uri: "//Alice", nonce}),
  );
  unwrap(await a.core.pool.submit("External", first!));
  for (const bytes of [first!, second!]) unwrap(await b.core.pool.submit("External", bytes));
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  let settle: (answer: Result<boolean[], never>) => void = () => {};
  const threads = {
    verifyBatch: () =>
      new Promise<Result<boolean[], never>>(resolve => {
        settle = resolve;
      }),
  };
  const {chain, answers, inherents} = b.core;
  const rest = {chain, answers, inherents, crypto: b.crypto, clock: b.clock};
  const underWay = new BlocksUnderWay({chain, checkSeal: () => ok()});
  const signatures = new SignatureChecks(b.crypto, threads);
  const importer = new BlockImporter({...rest, signatures, underWay});
  const imported = importer.import(a.core.chain.header(hash)!, a.core.chain.body(hash)!);
  const guard = createMemorySigningGuard();
  const maker = makerOf(b, {underWay, guard});
  const at = slot(FIRST_SLOT + 2);
  b.clock.advanceTo(a.clock.now());
  return {b, hash, imported, maker, at, guard, settle: (holds: boolean) => settle(ok([holds]))};
}

function makerOf(
  {core, keystore, crypto, clock}: CoreForTests,
  own: Pick<ConstructorParameters<typeof BlockMaker>[0], "underWay" | "guard">,
): BlockMaker {
  const {chain, answers, slots, inherents, pool} = core;
  return new BlockMaker({
    ...{chain, answers, slots, inherents, pool, keystore, crypto, clock},
    ...own,
    signatures: new SignatureChecks(crypto, {verifyBatch: async () => ok([])}),
    logger: silentLogger,
    yieldThread: () => new Promise(resolve => setImmediate(resolve)),
  });
}

test("while the signatures of a block are looked at, the next one is built on it: they join the chain together", async () => {
  const {b, hash, imported, maker, at, settle} = await importing();
  const claim = unwrap(maker.claimSlot(at));
  assert.deepEqual(claim.parent.hash, hash);
  assert.equal(b.core.chain.head.number, 0, "it is in no chain yet");
  b.clock.advanceTo((at * 1_000) as never);
  const made = maker.make(claim, {timestamp: b.clock.now(), hasTime: () => true});
  settle(true);
  const {number, transactions} = unwrap(await made);
  // The pool has the first one still, which the block below holds.
  assert.deepEqual({number, transactions}, {number: 2, transactions: 1});
  unwrap(await imported);
  await b.core.chain.settled();
  assert.equal(b.core.chain.head.number, 2);
  assert.deepEqual(b.core.chain.head.header.parentHash, hash);
});

test("where one of them does not hold, nothing is signed, and the slot is free for another block", async () => {
  const {b, imported, maker, at, guard, settle} = await importing();
  const claim = unwrap(maker.claimSlot(at));
  b.clock.advanceTo((at * 1_000) as never);
  for (const nonce of [0, 1, 2]) {
    const bytes = signedRemark(b.core, b.crypto, {uri: "//Bob", nonce});
    unwrap(await b.core.pool.submit("External", bytes));
  }
  let asked = 0;
  const made = maker.make(claim, {
    timestamp: b.clock.now(),
    hasTime() {
      if (++asked === 1) settle(false);
      // A slice each.
      b.clock.advanceTo((b.clock.now() + 10) as never);
      return true;
    },
  });
  assert.deepEqual(await imported, err({code: "bad-signature"}));
  const refused = await made;
  assert.equal(asked, 1, "no time is lost on it any more");
  assert.ok(!refused.ok && refused.error.code === "proposal-failed");
  assert.equal(b.core.chain.head.number, 0);
  const another = new Uint8Array(32);
  assert.ok(guard.take("aura", claim.authority, [at], another).ok, "the slot was not signed for");
});

test("a block that brings code is built on once that is ready, and not before", async () => {
  const a = await foreignCoreForTests(NAMES);
  const b = await foreignCoreForTests(NAMES);
  const {chain, answers, inherents} = b.core;
  const told: number[] = [];
  const importer = new BlockImporter({
    ...{chain, answers, inherents, crypto: b.crypto, clock: b.clock},
    signatures: new SignatureChecks(b.crypto, inlineSignatures(b.crypto)),
    underWay: {executed: ({head}) => told.push(head.number)},
  });
  for (const [number, bytes] of [
    [1, signedRemark(a.core, a.crypto, {uri: "//Bob"})],
    [2, signedUpgrade(a.core, a.crypto)],
  ] as const) {
    unwrap(await a.core.pool.submit("External", bytes));
    const {hash, transactions} = await a.make(number);
    assert.equal(transactions, 1);
    b.clock.advanceTo(a.clock.now());
    unwrap(await importer.import(a.core.chain.header(hash)!, a.core.chain.body(hash)!));
  }
  assert.deepEqual(told, [1]);
});

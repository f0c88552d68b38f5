import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, silentLogger, slot, unwrap} from "#base";
import {createMemorySigningGuard} from "#keystore";
import {SignatureChecks} from "../signatures/signature-checks.ts";
import {type CoreForTests, coreForTests, FIRST_SLOT, SLOT} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";
import {BlockMaker} from "./block-maker.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];

/** A maker for which each look at the clock is a slice, and of what happens in between. */
function sliced({core, keystore, crypto}: CoreForTests, meanwhile: () => void): BlockMaker {
  const {chain, answers, slots, inherents, pool} = core;
  let now = 0;
  return new BlockMaker({
    ...{chain, answers, slots, inherents, pool, keystore, crypto},
    guard: createMemorySigningGuard(),
    signatures: new SignatureChecks(crypto, {verifyBatch: async () => ({ok: true, value: []})}),
    clock: {
      now() {
        now += 10;
        return millis(now);
      },
    },
    yieldThread: async () => meanwhile(),
    logger: silentLogger,
  });
}

test("a block that was begun before the chain was taken back does not undo that", async () => {
  const node = await coreForTests(NAMES);
  const {chain} = node.core;
  const made = await node.make(1);
  unwrap(
    await node.core.pool.submit("External", signedRemark(node.core, node.crypto, {uri: "//Alice"})),
  );
  let isBack = false;
  const maker = sliced(node, () => {
    if (isBack) return;
    isBack = true;
    void unwrap(chain.rewindTo(chain.genesisHash, new Map()));
  });
  const claim = unwrap(maker.claimSlot(slot(FIRST_SLOT + 2)));
  assert.deepEqual(claim.parent.hash, made.hash);
  node.clock.advanceTo(millis((FIRST_SLOT + 2) * SLOT));
  const after = await maker.make(claim, {timestamp: node.clock.now(), hasTime: () => true});
  assert.ok(isBack, "others had the thread while it was built");
  assert.ok(!after.ok && after.error.code === "proposal-failed");
  assert.match(after.error.reason, /taken back/);
  assert.equal(chain.head.number, 0);
});

test("who claims a slot and makes its block is alone in that", async () => {
  const maker = sliced(await coreForTests(NAMES), () => {});
  const story: string[] = [];
  const work = (name: string) => async () => {
    story.push(`${name} begins`);
    await new Promise(resolve => setImmediate(resolve));
    story.push(`${name} ends`);
    if (name === "first") throw new Error("of the first");
  };
  const [first, second] = ["first", "second"].map(name => maker.inTurn(work(name)));
  await assert.rejects(first!, /of the first/);
  await second;
  assert.deepEqual(story, ["first begins", "first ends", "second begins", "second ends"]);
});

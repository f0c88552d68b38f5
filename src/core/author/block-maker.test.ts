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
function sliced(
  {core, keystore, crypto}: CoreForTests,
  meanwhile: () => Promise<void>,
): BlockMaker {
  const {chain, answers, slots, inherents, pool} = core;
  let now = 0;
  const guard = createMemorySigningGuard();
  const maker = new BlockMaker({
    ...{chain, answers, slots, inherents, pool, keystore, crypto},
    guard,
    signatures: new SignatureChecks(crypto, {verifyBatch: async () => ({ok: true, value: []})}),
    clock: {
      now() {
        now += 10;
        return millis(now);
      },
    },
    yieldThread: meanwhile,
    logger: silentLogger,
  });
  guards.set(maker, guard);
  return maker;
}

const guards = new WeakMap<BlockMaker, ReturnType<typeof createMemorySigningGuard>>();
const guardOf = (maker: BlockMaker) => guards.get(maker)!;

/** What is to become of the next block on what is the head now, while whatever comes in one of its pauses. */
async function makeNext(node: CoreForTests, pause: number, meanwhile: () => Promise<void>) {
  let pauses = 0;
  const maker = sliced(node, async () => {
    if (++pauses === pause) await meanwhile();
  });
  const at = slot(FIRST_SLOT + 3);
  unwrap(
    await node.core.pool.submit("External", signedRemark(node.core, node.crypto, {uri: "//Alice"})),
  );
  node.clock.advanceTo(millis(at * SLOT));
  const claim = unwrap(maker.claimSlot(at));
  const made = await maker.make(claim, {timestamp: node.clock.now(), hasTime: () => true});
  assert.ok(pauses >= pause, `${pauses} pauses`);
  return {
    made,
    isSigned: !guardOf(maker).take("aura", claim.authority, [at], new Uint8Array(32)).ok,
  };
}

test("a block that was begun before the chain was taken back does not undo that, whenever it was", async () => {
  for (const pause of [1, 2, 3]) {
    const node = await coreForTests(NAMES);
    const {chain} = node.core;
    await node.make(1);
    await node.make(2);
    const {made, isSigned} = await makeNext(node, pause, () =>
      unwrap(chain.rewindTo(chain.genesisHash, new Map())),
    );
    assert.ok(!made.ok && made.error.code === "proposal-failed");
    assert.match(made.error.reason, /taken back/);
    assert.ok(made.error.isParentGone);
    assert.equal(chain.head.number, 0);
    assert.ok(!isSigned, "the slot is free");
  }
});

test("nor is a slot signed for on a fork that another block's finality has ended meanwhile", async () => {
  const [a, b] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const mine = await a.make(1);
  const other = await b.make(2);
  a.clock.advanceTo(b.clock.now());
  unwrap(await a.takeFrom(b, other.hash));
  const {chain} = a.core;
  assert.deepEqual(chain.head.hash, mine.hash);
  const {made, isSigned} = await makeNext(a, 2, () =>
    unwrap(chain.finalize(other.hash, undefined)),
  );
  assert.ok(!made.ok && made.error.code === "proposal-failed" && made.error.isParentGone);
  assert.deepEqual(chain.head.hash, other.hash);
  assert.ok(!isSigned, "the slot is free");
});

test("who claims a slot and makes its block is alone in that", async () => {
  const maker = sliced(await coreForTests(NAMES), async () => {});
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

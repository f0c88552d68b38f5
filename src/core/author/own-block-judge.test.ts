import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, unwrap} from "#base";
import {encode} from "#codec";
import {slotOf} from "#consensus";
import {header as headerCodec} from "#primitives";
import type {BlockProof} from "../chain/block-proof.ts";
import {blockProof, type PastBlock, pastBlock} from "../replay/index.ts";
import {foreignCoreForTests} from "../test-kit/core-for-tests.ts";
import {passTime} from "../test-kit/pass-time.ts";
import type {OwnBlockJudge} from "./own-block-judge.ts";

const ALL = ["Alice", "Bob", "Charlie", "Dave"];
const refusing: OwnBlockJudge = () => err({reason: "Storage root must match that calculated."});

/** Refuses the first few blocks that it is asked of, and notes them all. */
function refusingFirst(count: number) {
  const asked: {readonly block: PastBlock; readonly proof: BlockProof | undefined}[] = [];
  const judge: OwnBlockJudge = (block, proof) => {
    asked.push({block, proof});
    return asked.length <= count ? err({reason: `refused ${asked.length}`}) : ok();
  };
  return {asked, judge};
}

test("a block that the judge refuses is not kept, and nobody hears of it", async () => {
  const {core} = await foreignCoreForTests(ALL, {judge: refusing});
  const {chain} = core;
  const heard: unknown[] = [];
  chain.on("import", block => heard.push(block));
  chain.on("best", block => heard.push(block));
  core.onBlockMade(block => heard.push(block));
  const made = await core.outOfTurn!.createBlock({createEmpty: true});
  assert.ok(!made.ok);
  const reason = "Storage root must match that calculated.";
  assert.deepEqual(made.error, {code: "judged-invalid", reason});
  await chain.settled();
  assert.deepEqual([chain.head.number, chain.hashesAt(1), heard], [0, [], []]);
});

test("its slot is missed for that reason, and the next own slot has its block", async () => {
  const {judge} = refusingFirst(1);
  const {core, clock} = await foreignCoreForTests(ALL, {judge, settings: {collator: true}});
  const missed: unknown[] = [];
  const made: number[] = [];
  core.onSlotMissed((slot, why) => missed.push([slot, why]));
  core.onBlockMade(({slot}) => made.push(slot));
  unwrap(await core.start());
  await passTime(clock, () => missed.length > 0);
  assert.match(core.complaint()!.text, /^judged-invalid: refused 1$/);
  await passTime(clock, () => made.length > 0);
  await core.stop();
  const [slot] = made as [number];
  assert.deepEqual(missed, [[slot - 1, {code: "judged-invalid", reason: "refused 1"}]]);
  assert.equal(core.complaint(), undefined);
});

test("a slot that a refused block was signed for is not signed for again: the next block on demand has a later one", async () => {
  const {asked, judge} = refusingFirst(2);
  const {core} = await foreignCoreForTests(ALL, {judge});
  const make = () => core.outOfTurn!.createBlock({createEmpty: true});
  for (const reason of ["refused 1", "refused 2"])
    assert.deepEqual(await make(), err({code: "judged-invalid", reason}));
  assert.equal(unwrap(await make()).number, 1);
  assert.equal(new Set(asked.map(({block}) => slotOf(block.sealed.digest))).size, 3);
});

test("the judge is given the block as it is kept and announced then, its parent's head, and the proof that executing it comes to", async () => {
  const {asked, judge} = refusingFirst(0);
  const kit = await foreignCoreForTests(ALL, {judge});
  const {chain} = kit.core;
  for (let slot = 0; slot < 2; slot++) await kit.make(slot);
  const {block, proof} = asked[1]!;
  assert.deepEqual(block, unwrap(pastBlock(chain, chain.head.hash)!));
  const parent = chain.header(chain.head.header.parentHash)!;
  assert.deepEqual(block.parentHead, encode(headerCodec, parent));
  assert.equal(block.sealed.digest.at(-1)?.type, "Seal");
  const executed = unwrap(blockProof(block, {verifySignature: () => true}));
  assert.deepEqual([...proof!.items.keys()].sort(), [...executed.items.keys()].sort());
  assert.equal(chain.bytesOfProof(chain.head.hash), executed.size);
});

test("without a judge, and where sizes are not recorded, the size of a proof is unknown", async () => {
  const kit = await foreignCoreForTests(ALL);
  const {hash} = await kit.make(0);
  assert.equal(kit.core.chain.bytesOfProof(hash), undefined);
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {slot} from "#base";
import {preDigest, slotOf} from "#consensus";
import type {Header} from "#primitives";
import {SessionTally} from "./session-tally.ts";

const hashOf = (number: number) => new Uint8Array(32).fill(number);

/** A chain of a block every other slot from slot 101 on; genesis says no slot. */
function headerOf(number: number): Header {
  return {
    number,
    parentHash: hashOf(number - 1),
    digest: number === 0 ? [] : [preDigest(slot(99 + 2 * number))],
  } as unknown as Header;
}

const tallyOf = () => new SessionTally({header: hash => headerOf(hash[0]!)});
const at = (number: number) => ({number, hash: hashOf(number)});
const session = (blocksInto: number) => ({index: 0, blocksInto, authors: 1});

test("a session that began with genesis began before its first block's slot, whenever it is asked", () => {
  const late = tallyOf();
  late.update(at(3), session(3));
  const early = tallyOf();
  for (const number of [0, 1, 2, 3]) early.update(at(number), session(number));
  for (const tally of [late, early]) {
    assert.equal(tally.beganAfter, slotOf(headerOf(1).digest)! - 1);
    assert.deepEqual([tally.blocks, tally.of(0)], [3, 3]);
  }
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {encode} from "#codec";
import {GRANDPA_ENGINE, grandpaLog} from "#consensus";
import type {Header} from "#primitives";
import {SeenBlocks} from "./seen-blocks.ts";

/** Blocks of one height, as ways back leave them; the last one announces other voters. */
function forks(count: number) {
  const silent: Header = {
    parentHash: new Uint8Array(32),
    number: 7,
    stateRoot: new Uint8Array(32),
    extrinsicsRoot: new Uint8Array(32),
    digest: [],
  };
  const nextAuthorities = [{id: new Uint8Array(32).fill(1), weight: 1}];
  const log = encode(grandpaLog, {type: "ScheduledChange", value: [{nextAuthorities, delay: 0}]});
  const announcing: Header = {
    ...silent,
    digest: [{type: "Consensus", value: [GRANDPA_ENGINE, log]}],
  };
  const hashes = Array.from({length: count}, (_, i) => new Uint8Array(32).fill(i));
  return {
    unfinalized: () => hashes,
    header: (hash: Uint8Array) => (hash[0] === count - 1 ? announcing : silent),
  };
}

const NOT_FORCED = () => false;

test("voters that begin are told again of what announces voters, and of nothing else", () => {
  const seen = new SeenBlocks(forks(100), false);
  const told = () => [...seen.beforeBeginning(NOT_FORCED)].map(({block}) => block.hash[0]);
  assert.equal(told().length, 100);
  assert.deepEqual(told(), [99]);
  assert.deepEqual(told(), [99]);
});

test("they are told of all where a change comes by force, at a block that says nothing", () => {
  const seen = new SeenBlocks(forks(10), false);
  const told = (isForced: () => boolean) => [...seen.beforeBeginning(isForced)].length;
  told(NOT_FORCED);
  assert.equal(
    told(() => true),
    10,
  );
});

test("a committee outside of the runtime is told of no announcement", () => {
  const seen = new SeenBlocks(forks(10), true);
  assert.ok([...seen.beforeBeginning(NOT_FORCED)].every(({header}) => header.digest.length === 0));
  assert.equal([...seen.beforeBeginning(NOT_FORCED)].length, 0);
});

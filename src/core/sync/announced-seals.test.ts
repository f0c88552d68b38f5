import assert from "node:assert/strict";
import {test} from "node:test";
import {headerHash} from "#primitives";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {AnnouncedSeals} from "./announced-seals.ts";

test("an announced header is looked at as soon as its parent is there, and only an author's passes", async () => {
  const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
  const [a, b] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const first = await a.make(1);
  const second = await a.make(2);
  b.clock.advanceTo(a.clock.now());
  const seals = new AnnouncedSeals(b.core.importer);
  const {hashing} = a.crypto;
  const header = a.core.chain.header(second.hash)!;
  const forged = {...header, stateRoot: new Uint8Array(32)};
  const higher = {...header, number: 40};
  assert.equal(seals.fault(forged, headerHash(forged, hashing)), undefined);
  await b.takeFrom(a, first.hash);
  assert.equal(seals.fault(forged, headerHash(forged, hashing)), "wrong-author");
  assert.equal(seals.fault(higher, headerHash(higher, hashing)), "number-wrong");
  assert.equal(seals.fault(header, second.hash), undefined);
});

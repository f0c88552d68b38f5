import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const ALICE = {uri: "//Alice"};

test("what waits for a transaction that came in another node's block and was never in the pool becomes ready", async () => {
  const [author, other] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const {pool} = other.core;
  unwrap(
    await pool.submit("External", signedRemark(other.core, other.crypto, {...ALICE, nonce: 1})),
  );
  assert.deepEqual([pool.status.ready, pool.status.future], [0, 1]);
  unwrap(
    await author.core.pool.submit("External", signedRemark(author.core, author.crypto, ALICE)),
  );
  const made = await author.make(1);
  other.clock.advanceTo(author.clock.now());
  unwrap(await other.takeFrom(author, made.hash));
  await other.core.chain.settled();
  assert.deepEqual([pool.status.ready, pool.status.future], [1, 0]);
});

test("what was in the pool and comes in a block leaves it, and what waited for it stays ready", async () => {
  const [author, other] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const {pool} = other.core;
  const first = signedRemark(author.core, author.crypto, ALICE);
  unwrap(await author.core.pool.submit("External", first));
  unwrap(await pool.submit("External", first));
  unwrap(
    await pool.submit("External", signedRemark(other.core, other.crypto, {...ALICE, nonce: 1})),
  );
  assert.equal(pool.status.ready, 2);
  const made = await author.make(1);
  other.clock.advanceTo(author.clock.now());
  unwrap(await other.takeFrom(author, made.hash));
  await other.core.chain.settled();
  assert.deepEqual([pool.status.ready, pool.status.future], [1, 0]);
});

test("of a block that it is told of it asks for no state: by then that may be on disk alone, with its code", async t => {
  const [author, other] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const made = [await author.make(1), await author.make(2)];
  other.clock.advanceTo(author.clock.now());
  const looks = t.mock.method(other.core.chain, "state");
  let told = 0;
  other.core.chain.on("best", () => told++);
  for (const {hash} of made) unwrap(await other.takeFrom(author, hash));
  await other.core.chain.settled();
  assert.equal(told, 2);
  const asked = looks.mock.calls.map(({arguments: [hash]}) => bytesToHex(hash!));
  // That of its parent is asked for by whoever executes a block.
  assert.ok(asked.includes(bytesToHex(made[0]!.hash)));
  assert.ok(!asked.includes(bytesToHex(made[1]!.hash)));
});

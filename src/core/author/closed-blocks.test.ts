import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, unwrap} from "#base";
import {isBare} from "#primitives";
import type {Runtime} from "#runtime-api";
import {foreignCoreForTests} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
/** sp_runtime::ExtrinsicInclusionMode. */
const [ALL_EXTRINSICS, ONLY_INHERENTS] = [0, 1];

/** A runtime of `Core` 5 that is in the middle of a migration for as long as it is told to be. */
function migrating(runtime: Runtime, isMigrating: () => boolean): Runtime {
  const apis = runtime.version.apis.map(
    ([id, version], i): (typeof runtime.version.apis)[number] => [id, i === 0 ? 5 : version],
  );
  return {
    version: {...runtime.version, apis},
    call(name, args, host) {
      if (name === "BlockBuilder_apply_extrinsic" && isMigrating() && !isBare(args)) {
        return err({code: "trap", name, message: "a block of a migration takes inherents alone"});
      }
      const answer = runtime.call(name, args, host);
      if (name !== "Core_initialize_block" || !answer.ok) return answer;
      return ok(Uint8Array.of(isMigrating() ? ONLY_INHERENTS : ALL_EXTRINSICS));
    },
  };
}

test("while a runtime migrates its blocks are made of inherents alone, and what waits has its turn afterwards", async () => {
  let isMigrating = true;
  const kit = await foreignCoreForTests(NAMES, {
    change: runtime => migrating(runtime, () => isMigrating),
  });
  const transaction = signedRemark(kit.core, kit.crypto, {uri: "//Alice"});
  unwrap(await kit.core.pool.submit("External", transaction));
  const closed = await kit.make(1);
  assert.deepEqual([closed.isClosed, closed.transactions], [true, 0]);
  assert.equal(kit.core.chain.body(closed.hash)!.length, 1);
  assert.equal(kit.core.pool.status.ready, 1, "it was not tried, so nothing is held against it");
  isMigrating = false;
  const open = await kit.make(2);
  assert.deepEqual([open.isClosed, open.transactions], [false, 1]);
});

test("a block asked for with transactions of its own is refused while a runtime migrates, and none is made", async () => {
  const kit = await foreignCoreForTests(NAMES, {change: runtime => migrating(runtime, () => true)});
  const transaction = signedRemark(kit.core, kit.crypto, {uri: "//Alice"});
  const hash = kit.crypto.hashing.blake2b256(transaction);
  const asked = await kit.core.outOfTurn!.createBlock({
    createEmpty: true,
    transactions: [{hash, bytes: transaction}],
  });
  assert.ok(!asked.ok && asked.error.code === "transactions-refused");
  assert.match(asked.error.reason, /its blocks take none/);
  assert.equal(kit.core.chain.best().number, 0);
});

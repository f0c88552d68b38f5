import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {createMemoryChainStore} from "#store";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];

/** A store whose disk takes as long as it is held. */
function slowStore() {
  let release: () => void = () => {};
  let isHeld: Promise<void> | undefined;
  return {
    hold() {
      isHeld = new Promise(resolve => {
        release = resolve;
      });
    },
    release: () => release(),
    create: async (...given: Parameters<typeof createMemoryChainStore>) => {
      const store = await createMemoryChainStore(...given);
      const flushed = store.flushed.bind(store);
      store.flushed = (hash?: Uint8Array) => flushed(hash).then(() => isHeld);
      return store;
    },
  };
}

test("a transaction of a block that is on its way to the disk is not dropped as invalid by the block after it", async () => {
  const disk = slowStore();
  const a = await coreForTests(NAMES);
  const b = await coreForTests(NAMES, {}, {}, (...given) => disk.create(...given));
  const bytes = signedRemark(a.core, a.crypto, {uri: "//Alice"});
  const seen: string[] = [];
  unwrap(await a.core.pool.submit("External", bytes));
  unwrap(await b.core.pool.submit("External", bytes, status => seen.push(status.kind)));
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  disk.hold();
  unwrap(await b.takeFrom(a, hash));
  const next = b.make(2);
  disk.release();
  await next;
  await b.core.chain.settled();
  assert.ok(seen.includes("inBlock"), seen.join());
  assert.ok(!seen.includes("invalid"), seen.join());
});

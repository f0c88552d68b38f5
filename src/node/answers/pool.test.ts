import assert from "node:assert/strict";
import {type TestContext, test} from "node:test";
import {unwrap} from "#base";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {TransactionStatus} from "#pool";
import {accountNonce} from "#runtime-api";
import {coreForTests} from "../../core/test-kit/core-for-tests.ts";
import {signedRemark} from "../../core/test-kit/signed-call.ts";
import {SlowDisk} from "../../core/test-kit/slow-disk.ts";
import {createPoolAnswers} from "./pool.ts";

const ALICE = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Alice")!;
const othersTurn = () => new Promise(resolve => setImmediate(resolve));

/** A node on instant seal, with all keys, and what clients reach of its pool. */
async function instantly(t: TestContext, names = ["Alice", "Bob", "Charlie", "Dave"]) {
  const disk = new SlowDisk();
  const settings = {collator: true, seal: {kind: "instant"}} as const;
  const node = await coreForTests(names, {}, settings, disk.chainStore);
  const {core, crypto} = node;
  unwrap(await core.start());
  t.after(() => core.stop());
  const answers = createPoolAnswers(core.pool, core.demand);
  const remark = (nonce: number) => signedRemark(core, crypto, {uri: "//Alice", nonce});
  /** As a client reads it that asks the runtime, which knows nothing of the pool. */
  const nonceNow = (): number => {
    const state = core.chain.state(core.chain.best().hash)!;
    const runtime = unwrap(core.chain.runtimeOf(state));
    const host = core.chain.host(state, {verifySignature: () => false});
    return unwrap(accountNonce(runtime, host, ALICE.sr25519));
  };
  return {core, disk, answers, remark, nonceNow};
}

/** What has come of a promise once others had their turn a few times. */
async function outcomeSoon<T>(promise: Promise<T>): Promise<T | "under way"> {
  for (let turn = 0; turn < 20; turn++) await othersTurn();
  return Promise.race([promise, Promise.resolve("under way" as const)]);
}

test("on instant seal a submission is answered when the best block's state knows of it", async t => {
  const {disk, answers, remark, nonceNow} = await instantly(t);
  const letGo = disk.hold();
  const submitted = answers.submit(remark(0));
  assert.equal(await outcomeSoon(submitted), "under way");
  assert.equal(nonceNow(), 0);
  letGo();
  unwrap(await submitted);
  assert.equal(nonceNow(), 1);
  for (let nonce = 1; nonce < 5; nonce++) {
    unwrap(await answers.submit(remark(nonce)));
    assert.equal(nonceNow(), nonce + 1);
  }
});

test("so is one that is watched, and its watcher hears all that becomes of it", async t => {
  const {disk, answers, remark, nonceNow} = await instantly(t);
  const letGo = disk.hold();
  const seen: TransactionStatus["kind"][] = [];
  const watched = answers.watch(remark(0), ({kind}) => seen.push(kind));
  assert.equal(await outcomeSoon(watched), "under way");
  assert.deepEqual(seen, ["ready"]);
  letGo();
  unwrap(await watched);
  assert.equal(nonceNow(), 1);
  assert.deepEqual(seen.slice(0, 2), ["ready", "inBlock"]);
});

test("one that waits for another one is answered at once", async t => {
  const {answers, remark, nonceNow} = await instantly(t);
  unwrap(await answers.submit(remark(1)));
  assert.equal(nonceNow(), 0);
  unwrap(await answers.submit(remark(0)));
  assert.equal(nonceNow(), 2);
});

test("where no block can be made it is answered all the same, and waits", async t => {
  const {core, answers, remark} = await instantly(t, []);
  unwrap(await answers.submit(remark(0)));
  assert.equal(core.pool.status.ready, 1);
});

test("a stream of them is not held up: more than sixteen are answered from the pool", async t => {
  const {core, disk, answers, remark} = await instantly(t);
  const letGo = disk.hold();
  const submitted = Array.from({length: 20}, (_, nonce) => answers.submit(remark(nonce)));
  const outcomes = await Promise.all(submitted.map(outcomeSoon));
  assert.deepEqual(
    outcomes.map(outcome => outcome === "under way"),
    outcomes.map((_, index) => index < 16),
  );
  letGo();
  for (const result of await Promise.all(submitted)) unwrap(result);
  await core.chain.settled();
});

/** A node that makes no blocks, as if one were making them of all that waits: `tell` says that there is one more, or that all is over. */
async function trying() {
  const {core, crypto} = await coreForTests([]);
  const listeners = new Set<(what: "block" | "all") => void>();
  const sealing = {
    isTryingAll: true,
    onTried(listener: (what: "block" | "all") => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const tell = (what: "block" | "all") => {
    for (const listener of listeners) listener(what);
  };
  const answers = createPoolAnswers(core.pool, sealing);
  const remark = (nonce: number) => signedRemark(core, crypto, {uri: "//Alice", nonce});
  return {listeners, tell, answers, remark};
}

test("one that others keep out of blocks is answered after the one that was under way and two more, however long theirs go on", async () => {
  const {listeners, tell, answers, remark} = await trying();
  const submitted = answers.submit(remark(0));
  for (let block = 1; block <= 3; block++) {
    assert.equal(await outcomeSoon(submitted), "under way");
    tell("block");
  }
  unwrap(await submitted);
  assert.equal(listeners.size, 0);
});

test("one whose answer nobody waits for takes nobody's place", async () => {
  const {tell, answers, remark} = await trying();
  for (let nonce = 0; nonce < 20; nonce++) {
    unwrap(await answers.watch(remark(nonce), () => undefined, {isAtOnce: true}));
  }
  const submitted = answers.submit(remark(20));
  assert.equal(await outcomeSoon(submitted), "under way");
  tell("all");
  unwrap(await submitted);
});

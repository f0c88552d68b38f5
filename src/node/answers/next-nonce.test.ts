import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, invariant, millis, unwrap} from "#base";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {TransactionStatus} from "#pool";
import {methodsFor} from "#rpc";
import {type CoreForTests, coreForTests} from "../../core/test-kit/core-for-tests.ts";
import {signedRemark} from "../../core/test-kit/signed-call.ts";
import {SlowDisk} from "../../core/test-kit/slow-disk.ts";
import type {Method} from "../../rpc/declare/index.ts";
import {createTestNode} from "../../rpc/test-kit/test-node.ts";
import {createChainAnswers} from "./chain.ts";
import {createPoolAnswers} from "./pool.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
const HOST = {verifySignature: () => false};
const ALICE = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Alice")!;

/** The thread is nobody else's. */
const ALONE = {clock: {now: () => millis(0)}, yieldThread: async () => {}};

/** `system_accountNextIndex` of Alice, as a client would ask at this very moment. */
async function nextIndex({core}: CoreForTests): Promise<unknown> {
  const chain = createChainAnswers(core.chain, HOST, ALONE, assert.ifError);
  const pool = createPoolAnswers(core.pool);
  const methods = methodsFor({...createTestNode().answers, chain, pool});
  const asked = methods.find(({name}) => name === "system_accountNextIndex");
  invariant(asked?.kind === "method", "it is listed");
  const context = {chain, pool} as Parameters<Method["invoke"]>[0];
  return unwrap(await asked.invoke(context, [ALICE.sr25519]));
}

const remark = ({core, crypto}: CoreForTests, nonce: number): Uint8Array =>
  signedRemark(core, crypto, {uri: "//Alice", nonce});

async function send(
  {core}: CoreForTests,
  tx: Uint8Array,
  seen: TransactionStatus[] = [],
): Promise<void> {
  unwrap(await core.pool.submit("External", tx, status => seen.push(status)));
}

test("who asks for the next nonce while another fork becomes the best one is not told one that is taken", async () => {
  const [ours, theirs] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  await send(ours, remark(ours, 0));
  assert.equal(await nextIndex(ours), 1);
  await ours.make(2);
  assert.equal(await nextIndex(ours), 1);
  const rivals = [await theirs.make(1), await theirs.make(3)];
  ours.clock.advanceTo(theirs.clock.now());
  // At once when the change is told, and the transaction of the block that lost is on its way back.
  const asked: Promise<unknown>[] = [];
  ours.core.chain.on("best", ({retracted}) => {
    if (retracted.length > 0) asked.push(nextIndex(ours));
  });
  for (const {hash} of rivals) await unwrap(await ours.takeFrom(theirs, hash)).written;
  assert.deepEqual(await Promise.all(asked), [1]);
  assert.equal(ours.core.pool.status.ready, 1);
});

test("nor is who asks after one that was valid without the one before it, which came back later", async () => {
  const [ours, theirs] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  await send(ours, remark(ours, 0));
  await ours.make(2);
  await send(ours, remark(ours, 1));
  for (const slot of [1, 3]) {
    const {hash} = await theirs.make(slot);
    ours.clock.advanceTo(theirs.clock.now());
    await unwrap(await ours.takeFrom(theirs, hash)).written;
  }
  assert.equal(await nextIndex(ours), 2);
  assert.equal(ours.core.pool.status.ready, 2);
});

test("one that comes back while a block that holds it is on its way to the disk is not called invalid", async () => {
  const disk = new SlowDisk();
  const ours = await coreForTests(NAMES, {}, {}, disk.chainStore);
  const theirs = await coreForTests(NAMES);
  const tx = remark(ours, 0);
  const seen: TransactionStatus[] = [];
  await send(ours, tx, seen);
  await ours.make(2);
  const rivals = [await theirs.make(1), await theirs.make(3)];
  await send(theirs, tx);
  const taker = await theirs.make(4);
  ours.clock.advanceTo(theirs.clock.now());

  const asked: Promise<unknown>[] = [];
  const isTold = new Promise<void>(resolve => {
    ours.core.chain.on("best", ({retracted}) => {
      if (retracted.length === 0) return;
      asked.push(nextIndex(ours));
      resolve();
    });
  });
  await unwrap(await ours.takeFrom(theirs, rivals[0]!.hash)).written;
  const first = disk.hold();
  const written = [unwrap(await ours.takeFrom(theirs, rivals[1]!.hash)).written];
  const second = disk.hold();
  written.push(unwrap(await ours.takeFrom(theirs, taker.hash)).written);
  first();
  await isTold;
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual([ours.core.chain.best().number, ours.core.chain.head.number], [2, 3]);
  assert.equal(seen.at(-1)!.kind, "retracted");
  second();
  await Promise.all(written);
  assert.deepEqual(await Promise.all(asked), [1]);
  assert.deepEqual(
    seen.map(({kind}) => kind),
    ["ready", "inBlock", "retracted", "inBlock"],
  );
  assert.equal(bytesToHex((seen.at(-1) as {block: Uint8Array}).block), bytesToHex(taker.hash));
});

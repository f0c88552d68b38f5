import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok} from "#base";
import type {SubmitFailure, TransactionStatus} from "#pool";
import type {PoolQuestions} from "../questions/pool.ts";
import {createTestNode} from "../test-kit/test-node.ts";
import {Broadcast} from "./broadcast.ts";

const turn = () => new Promise(resolve => setImmediate(resolve));

/** A pool that does as it is told, over a chain that grows when told. */
function setUp(refusal?: SubmitFailure) {
  const {chain} = createTestNode();
  const seen = {submitted: 0, unwatched: 0, refusal};
  let tell: (status: TransactionStatus) => void = () => undefined;
  const pool: PoolQuestions = {
    submit: async () => err({code: "cycle-detected"}),
    async watch(_, onStatus) {
      seen.submitted++;
      if (seen.refusal !== undefined) return err(seen.refusal);
      tell = onStatus;
      return ok(() => {
        seen.unwatched++;
      });
    },
    whenAllBack: async read => read(),
    ready: () => [],
    remove: () => [],
  };
  const onBug = (error: unknown) => assert.fail(String(error));
  const broadcast = new Broadcast(Uint8Array.of(1), {chain, pool, onBug});
  const grow = async () => {
    chain.extend();
    await turn();
  };
  return {chain, seen, broadcast, grow, tell: (status: TransactionStatus) => tell(status)};
}

test("what fell out of the pool is put in again at the next best block, until it is final", async () => {
  const {chain, seen, broadcast, grow, tell} = setUp();
  await turn();
  tell({kind: "ready"});
  await grow();
  assert.equal(seen.submitted, 1);
  tell({kind: "dropped"});
  await grow();
  assert.equal(seen.submitted, 2);
  tell({kind: "finalityTimeout", block: new Uint8Array(32)});
  await grow();
  tell({kind: "inBlock", block: new Uint8Array(32)});
  tell({kind: "finalized", block: new Uint8Array(32)});
  assert.equal(broadcast.isOver, true);
  assert.equal(chain.listeners, 0);
  await grow();
  assert.equal(seen.submitted, 3);
});

test("a refusal that may pass is tried again, one that will not is the end", async () => {
  const {seen, broadcast, grow} = setUp({code: "temporarily-banned"});
  await turn();
  await grow();
  await grow();
  assert.equal(seen.submitted, 3);
  seen.refusal = {code: "invalid", reason: {type: "Stale"}};
  await grow();
  assert.equal(broadcast.isOver, true);
  await grow();
  assert.equal(seen.submitted, 4);
});

test("one that is stopped lets go of the pool, also in the middle of being put in", async () => {
  const early = setUp();
  early.broadcast.stop();
  await turn();
  assert.equal(early.seen.unwatched, 1);
  const late = setUp();
  await turn();
  late.broadcast.stop();
  assert.equal(late.seen.unwatched, 1);
  await late.grow();
  assert.equal(late.seen.submitted, 1);
});

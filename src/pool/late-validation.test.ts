import assert from "node:assert/strict";
import {test} from "node:test";
import {err, millis, ok, silentLogger, VirtualClock} from "#base";
import {invalid} from "#primitives";
import {TransactionPool, type TransactionPoolDependencies} from "./index.ts";

/** One account's transaction of a nonce, as bytes with a length before them. */
const transaction = (nonce: number) => Uint8Array.of(4, nonce);
const tag = (nonce: number) => Uint8Array.of(nonce);

function hash(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(32);
  out.set(bytes);
  return out;
}

/** The runtime of a chain that has had the account's transactions below `chainNonce`. */
function validity(nonce: number, chainNonce: number, priority = 1n) {
  if (nonce < chainNonce) return ok({at: 1, validity: err(invalid("Stale"))});
  return ok({
    at: 1,
    validity: ok({
      priority,
      requires: nonce > chainNonce ? [tag(nonce - 1)] : [],
      provides: [tag(nonce)],
      longevity: 64n,
      propagate: true,
    }),
  });
}

function poolOver(validate: TransactionPoolDependencies["validate"]): TransactionPool {
  const clock = new VirtualClock(millis(0));
  return new TransactionPool(
    {},
    {clock, logger: silentLogger, hash, validate, yieldThread: async () => {}},
  );
}

test("a transaction whose predecessor went into a block long ago, while it was validated, is ready", async () => {
  let chainNonce = 0;
  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const pool = poolOver(async (_, bytes) => {
    const answer = validity(bytes[1]!, chainNonce);
    if (bytes[1] === 1 && chainNonce === 0) await held;
    return answer;
  });
  await pool.submit("External", transaction(0));
  const late = pool.submit("External", transaction(1));
  chainNonce = 1;
  pool.blockEnacted({hash: hash(Uint8Array.of(1)), number: 1, body: [transaction(0)]});
  for (let number = 2; number < 9; number++) {
    pool.blockEnacted({hash: hash(Uint8Array.of(number)), number, body: []});
  }
  release();
  assert.equal((await late).ok, true);
  assert.equal(pool.status.ready, 1);
  assert.equal(pool.status.future, 0);
});

test("transactions are taken in the order in which they came, whichever is validated first", async () => {
  const release = new Map<number, () => void>();
  const pool = poolOver(async (_, bytes) => {
    await new Promise<void>(resolve => release.set(bytes[1]!, resolve));
    return bytes[1] === 1
      ? ok({at: 1, validity: err(invalid("BadProof"))})
      : validity(bytes[1]! === 2 ? 1 : bytes[1]!, 0);
  });
  const statuses: string[] = [];
  const first = pool.submit("External", transaction(0), () => statuses.push("first"));
  const refused = pool.submit("External", transaction(1));
  const second = pool.submit("External", transaction(2), ({kind}) => statuses.push(kind));
  release.get(2)!();
  release.get(1)!();
  assert.equal((await refused).ok, false);
  assert.deepEqual(statuses, []);
  release.get(0)!();
  await Promise.all([first, second]);
  assert.deepEqual(statuses, ["first", "ready"]);
});

test("what is in a block on its way to the disk is not usurped by what was validated before", async () => {
  let chainNonce = 0;
  const pool = poolOver(async (_, bytes) => validity(0, chainNonce, BigInt(bytes[1]!)));
  const statuses: string[] = [];
  await pool.submit("External", transaction(1), ({kind}) => statuses.push(kind));
  // The answer is of the block before, what follows of the block that holds the first one.
  const rival = pool.submit("External", transaction(2));
  chainNonce = 1;
  const refused = await rival;
  assert.equal(!refused.ok && refused.error.code, "invalid");
  pool.blockEnacted({hash: hash(Uint8Array.of(1)), number: 1, body: [transaction(1)]});
  assert.deepEqual(statuses, ["ready", "inBlock"]);
});

test("what was set aside takes those that need it along, and nothing else", async () => {
  const pool = poolOver(async (_, bytes) => validity(bytes[1]!, bytes[1]! < 10 ? 0 : 10));
  for (const nonce of [0, 1, 2, 10]) await pool.submit("External", transaction(nonce));
  const best = pool.best();
  const given: number[] = [];
  for (const {hash: id, bytes} of best) {
    given.push(bytes[1]!);
    if (bytes[1] === 0) best.setAside({hash: id});
  }
  assert.deepEqual(given, [0, 10]);
  assert.equal(pool.status.ready, 4);
});

test("who waits for the verdicts of now is not held up by what comes later", async () => {
  const release = new Map<number, () => void>();
  const pool = poolOver(async (_, bytes) => {
    await new Promise<void>(resolve => release.set(bytes[1]!, resolve));
    return validity(bytes[1]!, 0);
  });
  await pool.whenJudged();
  const first = pool.submit("External", transaction(0));
  const second = pool.submit("External", transaction(1));
  let judged = false;
  const waiting = pool.whenJudged().then(() => {
    judged = true;
  });
  const later = pool.submit("External", transaction(2));
  release.get(0)!();
  await first;
  assert.equal(judged, false);
  release.get(1)!();
  await waiting;
  await second;
  assert.equal(pool.status.ready, 2);
  release.get(2)!();
  assert.equal((await later).ok, true);
});

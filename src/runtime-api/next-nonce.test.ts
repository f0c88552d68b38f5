import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes} from "#base";
import {encode, u32} from "#codec";
import {nextNonce, type Providing} from "./next-nonce.ts";

const ALICE = new Uint8Array(32).fill(1);
const BOB = new Uint8Array(32).fill(2);

const tx = (account: Uint8Array, nonce: number): Providing => ({
  provides: [concatBytes(account, encode(u32, nonce))],
});

test("the first nonce that neither the state nor a waiting transaction of that account has used", () => {
  const waiting = [tx(ALICE, 5), tx(BOB, 7), tx(ALICE, 6), tx(ALICE, 8), {provides: []}];
  assert.equal(nextNonce(ALICE, 5, waiting), 7);
  assert.equal(nextNonce(ALICE, 7, waiting), 7);
  assert.equal(nextNonce(BOB, 5, waiting), 5);
  assert.equal(nextNonce(ALICE, 9, []), 9);
});

test("in whatever order they wait: one that was valid without the one before it may stand first", () => {
  const nonces = fc.uniqueArray(fc.integer({min: 0, max: 20}));
  fc.assert(
    fc.property(nonces, fc.integer({min: 0, max: 20}), (used, nonce) => {
      const next = nextNonce(
        ALICE,
        nonce,
        used.map(each => tx(ALICE, each)),
      );
      assert.ok(next >= nonce && !used.includes(next));
      for (let each = nonce; each < next; each++) assert.ok(used.includes(each));
    }),
  );
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import {StateLeases} from "./state-leases.ts";

const MINUTE = 60_000;

function leasesForTests() {
  let now = 0;
  let held = 0;
  const pin = () => {
    held++;
    return () => {
      held--;
    };
  };
  const leases = new StateLeases({pin}, {now: () => millis(now)});
  const pass = (milliseconds: number) => {
    now += milliseconds;
    leases.expire();
    return held;
  };
  return {leases, pass};
}

const block = (n: number) => new Uint8Array(32).fill(n);

test("a state that a peer fetches is held on to from part to part, and let go when it stops", () => {
  const {leases, pass} = leasesForTests();
  leases.given(block(1));
  assert.equal(pass(MINUTE - 1), 1);
  leases.given(block(1));
  assert.equal(pass(MINUTE - 1), 1);
  assert.equal(pass(1), 0);
});

test("nobody holds a state for ever, nor many of them", () => {
  const {leases, pass} = leasesForTests();
  let minutes = 0;
  do {
    leases.given(block(1));
    minutes++;
  } while (pass(MINUTE / 2) === 1 && minutes < 1_000);
  assert.equal(minutes, 120);
  for (let n = 0; n < 50; n++) leases.given(block(n));
  assert.equal(pass(0), 8);
});

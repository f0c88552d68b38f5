import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, unwrap} from "#base";
import {timeSettings} from "./chain-time.ts";
import {attemptRehearsal} from "./stop.ts";

const RELAY_SLOT = 6_000;
const realStart = millis(1_800_000_000_000);

test("the first block is later than the state's last, and its relay block has a higher number, whatever the state knows", () => {
  const past = fc.record({
    now: fc.bigInt(0n, 2_000_000_000_000n),
    relayNumber: fc.integer({min: 0, max: 200_000_000}),
    slotDuration: fc.constantFrom(1_000, 2_000, 6_000, 12_000, 24_000),
  });
  fc.assert(
    fc.property(past, ({now, relayNumber, slotDuration}) => {
      const {chainStart, relayOffset} = timeSettings({now, relayNumber, slotDuration}, realStart);
      // The slot in which the chain's time begins, whose block has the time of its beginning.
      const first = Math.floor(chainStart / slotDuration) * slotDuration;
      assert.ok(first >= Number(now) + (now === 0n ? 0 : slotDuration / 2));
      const number = Math.floor(first / RELAY_SLOT) - relayOffset;
      assert.ok(number > relayNumber && number <= relayNumber + 6, `${number}`);
      assert.ok(chainStart >= realStart);
    }),
  );
});

test("a chain that knows no time begins now, one from the future where it was left", () => {
  const at = (now: bigint) =>
    timeSettings({now, relayNumber: 0, slotDuration: 12_000}, realStart).chainStart;
  assert.equal(at(0n), realStart);
  assert.equal(at(1_700_000_000_000n), realStart);
  assert.equal(at(1_900_000_000_000n), 1_900_000_024_000);
});

test("a relay number that no clock has come to is refused", () => {
  const past = {now: 0n, relayNumber: 4_000_000_000, slotDuration: 12_000};
  const refused = attemptRehearsal(() => timeSettings(past, realStart));
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "rehearsal-relay-number");
  assert.match(refused.error.what, /4000000000/);
});

test("what does not stop a rehearsal but breaks it goes through", () => {
  assert.equal(unwrap(attemptRehearsal(() => 7)), 7);
  assert.throws(() => attemptRehearsal(() => JSON.parse("{")), SyntaxError);
});

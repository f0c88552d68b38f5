import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {Reputation} from "./reputation.ts";

function scene() {
  const clock = new VirtualClock(millis(0));
  return {clock, reputation: new Reputation(clock)};
}

test("a score loses half in some 139 seconds and is gone within an hour", () => {
  const {clock, reputation} = scene();
  reputation.change("a", -1_000_000, "test");

  clock.advanceTo(millis(139_000));
  assert.ok(Math.abs(reputation.scoreOf("a") + 500_000) < 5_000, `${reputation.scoreOf("a")}`);
  clock.advanceTo(millis(3_600_000));
  assert.equal(reputation.scoreOf("a"), 0);
});

test("a fatal report bans for some 69 seconds, and the list says until when", () => {
  const {clock, reputation} = scene();
  reputation.report("a", "genesis-mismatch");

  const [ban] = reputation.bans();
  assert.equal(ban?.reason, "genesis-mismatch");
  assert.ok(Math.abs(ban.until - 69_000) <= 1_000, `${ban.until}`);
  clock.advanceTo(millis(ban.until - 1));
  assert.ok(reputation.isBanned("a"));
  clock.advanceTo(ban.until);
  assert.ok(!reputation.isBanned("a"));
  assert.deepEqual(reputation.bans(), []);
});

test("scores stay within 32 bits, and good conduct makes up for bad", () => {
  const {reputation} = scene();
  for (let i = 0; i < 10; i++) reputation.report("a", "block-invalid");
  assert.equal(reputation.scoreOf("a"), -0x8000_0000);
  reputation.report("b", "transaction");
  reputation.report("b", "transaction-refund");
  assert.equal(reputation.scoreOf("b"), 0);
});

test("a million misbehaving peers do not fill the memory", () => {
  const {reputation} = scene();
  for (let i = 0; i < 20_000; i++) reputation.report(`peer${i}`, "block-invalid");
  let remembered = 0;
  for (let i = 0; i < 20_000; i++) if (reputation.scoreOf(`peer${i}`) !== 0) remembered++;
  assert.equal(remembered, 4_096);
});

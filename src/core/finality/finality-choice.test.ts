import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {encodeSs58, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {parseFinality} from "./finality-choice.ts";

const [alice, bob] = WELL_KNOWN_ACCOUNTS.map(({ed25519}) => ed25519);

test("who makes blocks final is said in a word, or by the keys of those who vote", () => {
  assert.deepEqual(unwrap(parseFinality("Runtime")), {kind: "runtime"});
  assert.deepEqual(unwrap(parseFinality("at-once")), {kind: "at-once"});
  const voters = [alice, bob].map(id => ({id, weight: 1}));
  const committee = {kind: "committee", voters};
  assert.deepEqual(unwrap(parseFinality(`${bytesToHex(alice!)},${bytesToHex(bob!)}`)), committee);
  assert.deepEqual(
    unwrap(parseFinality(`${encodeSs58(alice!, 42)}, ${encodeSs58(bob!, 0)}`)),
    committee,
  );
});

test("a voter named twice, half a key or none is refused with what is expected", () => {
  const refusal = (text: string) => {
    const parsed = parseFinality(text);
    return parsed.ok ? "taken" : parsed.error;
  };
  assert.match(refusal(`${bytesToHex(alice!)},${encodeSs58(alice!, 42)}`), /each voter once/);
  for (const text of [
    "",
    ",",
    "0x12",
    "//Alice",
    `${bytesToHex(alice!)},`,
    `${bytesToHex(alice!)}00`,
  ]) {
    assert.match(refusal(text), /^runtime, at-once, or the ed25519 keys/, text);
  }
});

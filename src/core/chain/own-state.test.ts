import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {composeKhala, createRuntime, PRESET_PARAMETERS} from "#runtime";
import {auraAuthorities, type RuntimeHost} from "#runtime-api";
import {memoryState, Overlay, stateViewOf} from "#state";
import {openProof} from "#trie";
import {firstState} from "../../chain-spec/first-state.ts";
import {presetSpec} from "../../chain-spec/presets/preset-spec.ts";
import {fatalReport} from "../fatal-report.ts";
import {overOwnState} from "./own-state.ts";

const hashing = createPortableHashing();
const runtime = createRuntime(composeKhala(PRESET_PARAMETERS.local, hashing));
const entries = unwrap(firstState(presetSpec("local")!.genesis, {hashing})).top;
const whole = memoryState(entries, data => hashing.blake2b256(data));

function authoritiesOver(state: typeof whole) {
  const host: RuntimeHost = {state: new Overlay(state), verifySignature: () => false};
  return auraAuthorities(runtime, host);
}

test("a part missing of the node's own state ends the node as damage of its database", () => {
  const proof = whole.prove([":code"]);
  const hollow = openProof(data => hashing.blake2b256(data), whole.root(), proof);
  let fault: unknown;
  try {
    overOwnState(authoritiesOver(stateViewOf(hollow)));
  } catch (error) {
    fault = error;
  }
  const report = fatalReport(fault);
  assert.equal(report.code, "database-corrupt");
  assert.match(JSON.stringify(report.facts), /AuraApi_authorities came upon a part .* key 0x/);
});

test("so does one that is read past the runtime", () => {
  const proof = whole.prove([":code"]);
  const hollow = stateViewOf(openProof(data => hashing.blake2b256(data), whole.root(), proof));
  let fault: unknown;
  try {
    for (const _ of hollow.entries());
  } catch (error) {
    fault = error;
  }
  assert.equal(fatalReport(fault).code, "database-corrupt");
});

test("an answer and any other failure go through", () => {
  const answered = overOwnState(authoritiesOver(whole));
  assert.ok(answered.ok && answered.value.length > 0);
  const trap = err({code: "trap", name: "Core_version", message: "it panicked"} as const);
  assert.deepEqual(overOwnState(trap), trap);
  assert.deepEqual(overOwnState(ok(1)), ok(1));
});

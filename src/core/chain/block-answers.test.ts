import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok} from "#base";
import {encode, fixedBytes, u64, vec} from "#codec";
import type {Runtime, RuntimeHost} from "#runtime-api";
import type {StateView} from "#state";
import {BlockAnswers} from "./block-answers.ts";
import type {Blockchain} from "./blockchain.ts";

const keys = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const blockOf = (byte: number) => ({hash: new Uint8Array(32).fill(byte), state: {} as StateView});

/** Answers over a runtime whose slots are as long as said; what it was asked is counted. */
function answersOf(duration: bigint | undefined) {
  const asked: string[] = [];
  const runtime = {
    call(name: string) {
      asked.push(name);
      if (name === "AuraApi_authorities") return ok(encode(vec(fixedBytes(32)), keys));
      return duration === undefined
        ? err({code: "function-not-found", name})
        : ok(encode(u64, duration));
    },
  } as unknown as Runtime;
  const chain = {
    runtimeOf: () => ok(runtime),
    host: (state: StateView) => ({state}) as unknown as RuntimeHost,
  } as unknown as Blockchain;
  return {answers: new BlockAnswers(chain, {verifySignature: () => false}), asked};
}

test("about a block each question is put once, whoever asks", () => {
  const {answers, asked} = answersOf(500n);
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(answers.authorities(blockOf(1)), ok(keys));
    assert.deepEqual(answers.slotDuration(blockOf(1)), ok(500));
  }
  assert.deepEqual(asked, ["AuraApi_authorities", "AuraApi_slot_duration"]);
  answers.authorities(blockOf(2));
  assert.equal(asked.length, 3);
});

test("slots that take no time, or more than a number holds, are none; a failure is asked about again", () => {
  for (const duration of [0n, 2n ** 60n]) {
    const refused = answersOf(duration).answers.slotDuration(blockOf(1));
    assert.ok(!refused.ok && refused.error.reason.startsWith("a slot of"), JSON.stringify(refused));
  }
  const {answers, asked} = answersOf(undefined);
  assert.equal(answers.slotDuration(blockOf(1)).ok, false);
  assert.equal(answers.slotDuration(blockOf(1)).ok, false);
  assert.equal(asked.length, 2);
});

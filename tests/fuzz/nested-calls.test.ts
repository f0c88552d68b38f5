import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import {concatBytes} from "#base";
import {encode, u32} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {composeKhala, createRuntime, PRESET_PARAMETERS} from "#runtime";
import {memoryState, Overlay} from "#state";

const {hashing} = await createNativeCrypto(randomBytes);
const runtime = createRuntime(composeKhala(PRESET_PARAMETERS.dev, hashing));
const host = () => ({
  state: new Overlay(memoryState([], data => hashing.blake2b256(data))),
  verifySignature: () => false,
});

const SUDO = Uint8Array.of(99, 0);
const BATCH_OF_TWO = Uint8Array.of(3, 0, 2 << 2);
const REMARK = Uint8Array.of(0, 0, 0);

function nested(wrapper: Uint8Array, depth: number): Uint8Array {
  let call = REMARK;
  for (let i = 0; i < depth; i++) call = concatBytes(wrapper, call) as typeof REMARK;
  return call;
}

function queryInfo(call: Uint8Array) {
  const args = concatBytes(call, encode(u32, call.length));
  return runtime.call("TransactionPaymentCallApi_query_call_info", args, host());
}

test("a call within a call within a call costs no more than its bytes", () => {
  const deep = queryInfo(nested(SUDO, 250));
  assert.ok(deep.ok);
  const tooDeep = queryInfo(nested(SUDO, 300));
  assert.ok(!tooDeep.ok && tooDeep.error.code === "arguments-invalid");
  // The second call of each batch is missing: refused where the bytes end, not after 2^200 steps.
  const batches = queryInfo(nested(BATCH_OF_TWO, 200));
  assert.ok(!batches.ok && batches.error.code === "arguments-invalid");
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, unwrap} from "#base";
import {type Codec, decode, encode, u32, u128} from "#codec";
import {weight} from "#primitives";
import {createRuntime} from "../chains/index.ts";
import {feeDetails, runtimeDispatchInfo} from "../pallets/transaction-payment/index.ts";
import {KhalaTestChain} from "../test-kit/khala-test-chain.ts";

const khala = new KhalaTestChain();
const runtime = createRuntime(khala.chain);

function ask<T>(name: string, args: Uint8Array, answer: Codec<T>): T {
  return unwrap(decode(answer, unwrap(runtime.call(name, args, khala.host))));
}

const WEIGHT = {refTime: 170_798_000n, proofSize: 3_593n};
const WEIGHT_FEE = 137_281_978n;
const length = encode(u32, 147);

test("a signed transfer of 147 bytes costs its base, its length and its weight", () => {
  const transfer = khala.signed(2, khala.transfer(3, 69n));
  const args = concatBytes(transfer, length);
  assert.deepEqual(ask("TransactionPaymentApi_query_info", args, runtimeDispatchInfo), {
    weight: WEIGHT,
    class: "Normal",
    partialFee: 1_707_281_978n,
  });
  assert.deepEqual(ask("TransactionPaymentApi_query_fee_details", args, feeDetails), {
    inclusionFee: {
      baseFee: 100_000_000n,
      lenFee: 1_470_000_000n,
      adjustedWeightFee: WEIGHT_FEE,
    },
    tip: 0n,
  });
});

test("an unsigned extrinsic costs nothing", () => {
  const args = concatBytes(khala.timestamp(), length);
  const {class: which, partialFee} = ask(
    "TransactionPaymentApi_query_info",
    args,
    runtimeDispatchInfo,
  );
  assert.deepEqual([which, partialFee], ["Mandatory", 0n]);
  assert.deepEqual(ask("TransactionPaymentApi_query_fee_details", args, feeDetails), {
    inclusionFee: undefined,
    tip: 0n,
  });
});

test("a call costs what its extrinsic would", () => {
  const args = concatBytes(encode(khala.composition.runtimeCall, khala.transfer(3, 69n)), length);
  const info = ask("TransactionPaymentCallApi_query_call_info", args, runtimeDispatchInfo);
  assert.equal(info.partialFee, 1_707_281_978n);
  const details = ask("TransactionPaymentCallApi_query_call_fee_details", args, feeDetails);
  assert.equal(details.inclusionFee?.adjustedWeightFee, WEIGHT_FEE);
});

test("weight and length have a price of their own", () => {
  const byWeight = ask("TransactionPaymentApi_query_weight_to_fee", encode(weight, WEIGHT), u128);
  assert.equal(byWeight, WEIGHT_FEE);
  const byLength = ask("TransactionPaymentApi_query_length_to_fee", encode(u32, 3), u128);
  assert.equal(byLength, 30_000_000n);
});

test("bytes that are no extrinsic are the caller's failure, not an exception", () => {
  const name = "TransactionPaymentApi_query_info";
  const short = runtime.call(name, Uint8Array.of(0xff), khala.host);
  assert.ok(!short.ok && short.error.code === "arguments-invalid");
  const wrong = runtime.call(name, concatBytes(Uint8Array.of(4, 0), length), khala.host);
  assert.ok(!wrong.ok && wrong.error.code === "trap");
  const missing = runtime.call("TransactionPaymentApi_nothing", length, khala.host);
  assert.ok(!missing.ok && missing.error.code === "function-not-found");
});

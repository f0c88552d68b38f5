import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes} from "#base";
import {encode, MAX_U64, u32} from "#codec";
import {weight, weightOf} from "#primitives";
import {
  anyState,
  DEPENDENT,
  extrinsicOf,
  FIXED,
  shapeOf,
} from "../../../test-kit/extrinsic-shapes.ts";
import {askBoth, assertSame, khala, outcome} from "../../../test-kit/light-client-states.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 250);

test("weight and length cost what they cost in the runtime", () => {
  const anyWeight = fc.tuple(fc.bigInt(0n, MAX_U64), fc.bigInt(0n, MAX_U64));
  const nearTime = fc.tuple(fc.bigInt(0n, 3_000_000_000_000n), fc.constant(0n));
  for (const api of ["TransactionPaymentApi", "TransactionPaymentCallApi"]) {
    fc.assert(
      fc.property(fc.oneof(anyWeight, nearTime), ([time, proof]) => {
        const args = encode(weight, weightOf(time, proof));
        assertSame(khala.view, `${api}_query_weight_to_fee`, args);
      }),
      {numRuns: 200},
    );
    for (const length of [0, 1, 1_000_000, 0xffff_ffff]) {
      assertSame(khala.view, `${api}_query_length_to_fee`, encode(u32, length));
    }
  }
});

test("fees are the runtime's for calls of a known weight", () => {
  fc.assert(
    fc.property(anyState, shapeOf(FIXED), fc.nat(0xffff_ffff), (view, shape, length) => {
      const args = concatBytes(extrinsicOf(shape), encode(u32, length));
      assertSame(view, "TransactionPaymentApi_query_info", args);
      assertSame(view, "TransactionPaymentApi_query_fee_details", args);
      const call = encode(khala.composition.runtimeCall, shape.call);
      const callArgs = concatBytes(call, encode(u32, length));
      assertSame(view, "TransactionPaymentCallApi_query_call_info", callArgs);
      assertSame(view, "TransactionPaymentCallApi_query_call_fee_details", callArgs);
    }),
    {numRuns: RUNS},
  );
});

test("the fee of a call of unknown weight is not answered at all", () => {
  for (const call of DEPENDENT) {
    const args = concatBytes(khala.signed(1, call), encode(u32, 100));
    for (const name of ["query_info", "query_fee_details"]) {
      assert.equal(
        outcome(askBoth(khala.view, `TransactionPaymentApi_${name}`, args).code),
        "no answer",
      );
    }
  }
});

import {ok} from "#base";
import {option, struct, u128} from "#codec";
import {queryRuntime} from "../../access/runtime-query.ts";
import {bytes, hash, method, optional, param} from "../../declare/index.ts";
import {quantity} from "../../shapes/hex.ts";
import {paymentArgs} from "./query-args.ts";

const FAILURE = "Unable to query fee details.";

const feeDetails = struct({
  inclusionFee: option(struct({baseFee: u128, lenFee: u128, adjustedWeightFee: u128})),
  tip: u128,
});

/** The tip is in the extrinsic, and is left out here as Substrate does. */
export const paymentQueryFeeDetails = method({
  name: "payment_queryFeeDetails",
  params: [param("extrinsic", bytes), optional("at", hash)],
  result: "{inclusionFee: {baseFee, lenFee, adjustedWeightFee} in hex | null}",
  handle({chain}, extrinsic, at) {
    const args = paymentArgs(extrinsic, FAILURE);
    if (!args.ok) return args;
    const details = queryRuntime(chain, at ?? chain.best().hash, {
      name: "TransactionPaymentApi_query_fee_details",
      args: args.value,
      result: feeDetails,
      failure: FAILURE,
    });
    if (!details.ok) return details;
    const fee = details.value.inclusionFee;
    return ok({
      inclusionFee: fee
        ? {
            baseFee: quantity(fee.baseFee),
            lenFee: quantity(fee.lenFee),
            adjustedWeightFee: quantity(fee.adjustedWeightFee),
          }
        : null,
    });
  },
});

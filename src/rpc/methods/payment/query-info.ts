import {ok} from "#base";
import {struct, u128} from "#codec";
import {dispatchClass, weight} from "#primitives";
import {queryRuntime} from "../../access/runtime-query.ts";
import {bytes, hash, method, optional, param} from "../../declare/index.ts";
import {RawJson} from "../../json-rpc/raw-json.ts";
import {paymentArgs} from "./query-args.ts";

const FAILURE = "Unable to query dispatch info.";

const runtimeDispatchInfo = struct({weight, class: dispatchClass, partialFee: u128});

export const paymentQueryInfo = method({
  name: "payment_queryInfo",
  params: [param("extrinsic", bytes), optional("at", hash)],
  result: '{weight: {ref_time, proof_size}, class: "normal", partialFee: "123"}, without the tip',
  handle({chain}, extrinsic, at) {
    const args = paymentArgs(extrinsic, FAILURE);
    if (!args.ok) return args;
    const info = queryRuntime(chain, at ?? chain.best().hash, {
      name: "TransactionPaymentApi_query_info",
      args: args.value,
      result: runtimeDispatchInfo,
      failure: FAILURE,
    });
    if (!info.ok) return info;
    const {refTime, proofSize} = info.value.weight;
    // Weights are u64, written as JSON numbers: beyond 2^53 a JavaScript number would not hold them.
    return ok(
      new RawJson(
        `{"weight":{"ref_time":${refTime},"proof_size":${proofSize}},` +
          `"class":"${info.value.class.toLowerCase()}","partialFee":"${info.value.partialFee}"}`,
      ),
    );
  },
});

import {ok} from "#base";
import {type Codec, mapped, struct, u64, u128, type ValueOf} from "#codec";
import {dispatchClass, weight} from "#primitives";
import {queryRuntime} from "../../access/runtime-query.ts";
import {bytes, hash, method, optional, param} from "../../declare/index.ts";
import {RawJson} from "../../json-rpc/raw-json.ts";
import {paymentArgs} from "./query-args.ts";

const FAILURE = "Unable to query dispatch info.";

const runtimeDispatchInfo = struct({weight, class: dispatchClass, partialFee: u128});
type RuntimeDispatchInfo = ValueOf<typeof runtimeDispatchInfo>;

/** BLAKE2b-64 of `TransactionPaymentApi`. */
const API = "0x37c8bb1350a9a2a8";
/** Until this version of the API a weight was a time alone, and no proof size was known. */
const API_WITH_PROOF_SIZE = 2;
const oldDispatchInfo: Codec<RuntimeDispatchInfo> = mapped(
  struct({weight: u64, class: dispatchClass, partialFee: u128}),
  info => ({...info, weight: info.weight.refTime}),
  info => ({...info, weight: {refTime: info.weight, proofSize: 0n}}),
);

export const paymentQueryInfo = method({
  name: "payment_queryInfo",
  params: [param("extrinsic", bytes), optional("at", hash)],
  result: '{weight: {ref_time, proof_size}, class: "normal", partialFee: "123"}, without the tip',
  handle({chain, runtimeEvents}, extrinsic, at) {
    const args = paymentArgs(extrinsic, FAILURE);
    if (!args.ok) return args;
    const block = at ?? chain.best().hash;
    const runtime = runtimeEvents.of(block);
    const version = runtime.type === "valid" ? runtime.spec.apis[API] : undefined;
    const isOld = version !== undefined && version < API_WITH_PROOF_SIZE;
    const info = queryRuntime(chain, block, {
      name: "TransactionPaymentApi_query_info",
      args: args.value,
      result: isOld ? oldDispatchInfo : runtimeDispatchInfo,
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

import {type Codec, u32, u128} from "#codec";
import {type DispatchInfo, weight} from "#primitives";
import type {RuntimeHost} from "#runtime-api";
import type {Composition} from "../executive/index.ts";
import type {RuntimeCall} from "../frame/index.ts";
import {
  feeDetails,
  runtimeDispatchInfo,
  type TransactionPayment,
} from "../pallets/transaction-payment/index.ts";
import {method, type RuntimeApi} from "./declare.ts";
import {decodeOrTrap} from "./decode-or-trap.ts";

type Fees = TransactionPayment["fees"];

function infoOf({call, args}: RuntimeCall): DispatchInfo {
  return call.info(args);
}

function queryInfo({state}: RuntimeHost, fees: Fees, info: DispatchInfo, length: number) {
  return {
    weight: info.weight,
    class: info.class,
    partialFee: fees.declaredFee(state, length, info, 0n),
  };
}

function queryDetails({state}: RuntimeHost, fees: Fees, info: DispatchInfo, length: number) {
  const inclusionFee =
    info.paysFee === "Yes" ? fees.inclusionFee(state, length, info.weight, info.class) : undefined;
  return {inclusionFee, tip: 0n};
}

/** Fees of extrinsics, whose signature is not looked at. */
export function transactionPaymentApi(
  composition: Composition,
  {fees}: Pick<TransactionPayment, "fees">,
  extrinsic: Codec<Uint8Array>,
): RuntimeApi {
  return {
    name: "TransactionPaymentApi",
    id: "0x37c8bb1350a9a2a8",
    version: 4,
    docs: "Runtime api to query the fees of an extrinsic.",
    methods: [
      method({
        name: "query_info",
        docs: "Weight, class and fee of an extrinsic.",
        inputs: {uxt: extrinsic, len: u32},
        output: runtimeDispatchInfo,
        run(host, {uxt, len}) {
          const {call, signed} = decodeOrTrap(uxt, composition);
          const queried = queryInfo(host, fees, infoOf(call), len);
          return signed === undefined ? {...queried, partialFee: 0n} : queried;
        },
      }),
      method({
        name: "query_fee_details",
        docs: "The parts of an extrinsic's fee.",
        inputs: {uxt: extrinsic, len: u32},
        output: feeDetails,
        run(host, {uxt, len}) {
          const {call, signed} = decodeOrTrap(uxt, composition);
          return signed === undefined
            ? {inclusionFee: undefined, tip: 0n}
            : queryDetails(host, fees, infoOf(call), len);
        },
      }),
      weightToFee(fees),
      lengthToFee(fees),
    ],
  };
}

const weightToFee = (fees: Fees) =>
  method({
    name: "query_weight_to_fee",
    docs: "The fee of a weight.",
    inputs: {weight},
    output: u128,
    run: (_, args) => fees.weightToFee(args.weight),
  });

const lengthToFee = (fees: Fees) =>
  method({
    name: "query_length_to_fee",
    docs: "The fee of a length in bytes.",
    inputs: {length: u32},
    output: u128,
    run: (_, args) => fees.lengthToFee(args.length),
  });

/** Fees of calls, before there is an extrinsic. */
export const transactionPaymentCallApi = (
  {runtimeCall}: Composition,
  {fees}: Pick<TransactionPayment, "fees">,
): RuntimeApi => ({
  name: "TransactionPaymentCallApi",
  id: "0xf3ff14d5ab527059",
  version: 3,
  docs: "Runtime api to query the fees of a call.",
  methods: [
    method({
      name: "query_call_info",
      docs: "Weight, class and fee of a call.",
      inputs: {call: runtimeCall, len: u32},
      output: runtimeDispatchInfo,
      run: (host, {call, len}) => queryInfo(host, fees, infoOf(call), len),
    }),
    method({
      name: "query_call_fee_details",
      docs: "The parts of a call's fee.",
      inputs: {call: runtimeCall, len: u32},
      output: feeDetails,
      run: (host, {call, len}) => queryDetails(host, fees, infoOf(call), len),
    }),
    weightToFee(fees),
    lengthToFee(fees),
  ],
});

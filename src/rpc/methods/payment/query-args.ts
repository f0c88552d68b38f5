import {concatBytes, err, ok, type Result} from "#base";
import {encode, u32} from "#codec";
import {isWellFramed, type OpaqueExtrinsic} from "#primitives";
import {queryDecodeError} from "../../access/runtime-query.ts";
import type {RpcError} from "../../json-rpc/rpc-error.ts";

/** The extrinsic and its length, as the payment API takes them (spec/rpc §4). */
export function paymentArgs(
  extrinsic: OpaqueExtrinsic,
  failure: string,
): Result<Uint8Array, RpcError> {
  return isWellFramed(extrinsic)
    ? ok(concatBytes(extrinsic, encode(u32, extrinsic.length)))
    : err(queryDecodeError(failure, "not an extrinsic with its length prefix"));
}

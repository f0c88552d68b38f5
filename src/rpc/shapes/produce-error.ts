import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {ProduceFailure} from "../questions/block-producer.ts";
import {toHex} from "./hex.ts";

/** Codes of Substrate's manual seal. */
export function produceError(failure: ProduceFailure): RpcError {
  switch (failure.code) {
    case "shutting-down":
      return {code: 10_000, message: "Server is shutting down"};
    case "pool-empty":
      return {
        code: 12_000,
        message: "No transaction waits: pass createEmpty = true to make an empty block",
      };
    case "parent-unknown":
      return {code: 13_000, message: `Block not found: ${toHex(failure.parent)}`};
    case "authoring-failed":
      return {code: 20_000, message: `Block not made: ${failure.reason}`};
    case "not-finalized":
      return {
        code: 20_000,
        message: `Block ${toHex(failure.block)} is there, and not final: ${failure.reason}`,
      };
  }
}

import type {RpcError} from "../json-rpc/rpc-error.ts";

/** Codes are the specification's, words Substrate's (spec/rpc §2). */
export const TOO_MANY_FOLLOWS: RpcError = {
  code: -32_800,
  message: "Maximum number of chainHead_follow has been reached",
};
export const BLOCK_NOT_PINNED: RpcError = {code: -32_801, message: "Invalid block hash"};
export const FOLLOW_WITHOUT_RUNTIME: RpcError = {
  code: -32_802,
  message: "The runtime updates flag must be set",
};
export const NOT_WAITING_FOR_CONTINUE: RpcError = {
  code: -32_803,
  message: "Invalid continue: the operation does not wait for one",
};
export const DUPLICATE_HASHES: RpcError = {
  code: -32_804,
  message: "Received duplicate hashes for the `chainHead_unpin` method",
};

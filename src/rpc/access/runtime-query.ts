import {err, ok, type Result} from "#base";
import {type Codec, decode} from "#codec";
import type {Hash} from "#primitives";
import type {ChainBackend} from "../backend/index.ts";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import {callFailureText} from "./call-failure-text.ts";

/** Substrate's codes for methods that are a runtime call under another name (spec/rpc §1). */
const RUNTIME_ERROR = 1;
const DECODE_ERROR = 2;

export interface RuntimeQuery<T> {
  readonly name: string;
  readonly args: Uint8Array;
  readonly result: Codec<T>;
  /** The message of every failure: `Unable to query nonce.` */
  readonly failure: string;
}

export const queryDecodeError = (message: string, reason: string): RpcError => ({
  code: DECODE_ERROR,
  message,
  data: reason,
});

export function queryRuntime<T>(
  chain: ChainBackend,
  block: Hash,
  {name, args, result, failure}: RuntimeQuery<T>,
): Result<T, RpcError> {
  const runtimeError = (data: string) => err({code: RUNTIME_ERROR, message: failure, data});
  const called = chain.call(block, name, args);
  if (!called.ok) return runtimeError(callFailureText(chain, block, called.error));
  const decoded = decode(result, called.value);
  return decoded.ok
    ? ok(decoded.value)
    : runtimeError(`${name} answered what does not decode: ${decoded.error.message}`);
}

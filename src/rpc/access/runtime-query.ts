import {err, ok, type Result} from "#base";
import {type Codec, type DecodeFailure, decode} from "#codec";
import type {Hash} from "#primitives";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {CallFailure, ChainQuestions} from "../questions/chain.ts";
import {callFailureData, callFailureText} from "./call-failure-text.ts";

/** Substrate's codes for methods that are a runtime call under another name (spec/rpc §1). */
const RUNTIME_ERROR = 1;
const DECODE_ERROR = 2;

export interface RuntimeQuery<T> {
  readonly name: string;
  readonly args: Uint8Array;
  readonly result: Codec<T> | ((answer: Uint8Array) => Result<T, DecodeFailure>);
  /** The message of every failure: `Unable to query nonce.` */
  readonly failure: string;
}

export const queryDecodeError = (message: string, reason: string): RpcError => ({
  code: DECODE_ERROR,
  message,
  data: reason,
});

export function queryRuntime<T>(
  chain: ChainQuestions,
  block: Hash,
  query: RuntimeQuery<T>,
): Result<T, RpcError> {
  return readAnswer(chain, block, query, chain.call(block, query.name, query.args));
}

/** What a runtime call at `block` answered, as a value or as the failure that clients know. */
export function readAnswer<T>(
  chain: ChainQuestions,
  block: Hash,
  {name, result, failure}: Omit<RuntimeQuery<T>, "args">,
  answer: Result<Uint8Array, CallFailure>,
): Result<T, RpcError> {
  const runtimeError = (data: string) => err({code: RUNTIME_ERROR, message: failure, data});
  if (!answer.ok) {
    const {data} = callFailureData(answer.error);
    const text = callFailureText(chain, block, answer.error);
    return runtimeError(data === undefined ? text : `${text}\n${data}`);
  }
  const decoded =
    typeof result === "function" ? result(answer.value) : decode(result, answer.value);
  return decoded.ok
    ? ok(decoded.value)
    : runtimeError(`${name} answered what does not decode: ${decoded.error.message}`);
}

import {err, ok, type Result, type Steps} from "#base";
import {
  type Codec,
  type DecodeFailure,
  decode,
  encode,
  fixedBytes,
  struct,
  tuple,
  u32,
  u64,
  vec,
} from "#codec";
import {
  type AccountId,
  type ApplyExtrinsicAnswer,
  accountId,
  type CheckInherentsResult,
  checkInherentsResult,
  decodeApplyAnswer,
  decodeValidityAnswer,
  type Hash,
  type Header,
  hash,
  header,
  type InherentData,
  inherentData,
  opaqueExtrinsic,
  plainVariant,
  type TransactionSource,
  type TransactionValidityAnswer,
  transactionSource,
} from "#primitives";
import {apiVersion} from "./api-version.ts";
import type {Runtime, RuntimeFailure, RuntimeHost, StateMissing} from "./runtime.ts";

/** A call that gave no answer, or one that is not of the type its API promises. */
export type ApiFailure =
  | RuntimeFailure
  | {readonly code: "answer-invalid"; readonly name: string; readonly reason: DecodeFailure};

const NOTHING = new Uint8Array(0);

function ask<T>(
  runtime: Runtime,
  host: RuntimeHost,
  name: string,
  args: Uint8Array,
  answer: Codec<T> | ((bytes: Uint8Array) => Result<T, DecodeFailure>),
): Result<T, ApiFailure> {
  const result = runtime.call(name, args, host);
  if (!result.ok) return result;
  const decoded =
    typeof answer === "function" ? answer(result.value) : decode(answer, result.value);
  return decoded.ok ? decoded : err({code: "answer-invalid", name, reason: decoded.error});
}

export interface Block {
  readonly header: Header;
  readonly extrinsics: Uint8Array[];
}

export const block: Codec<Block> = struct({header, extrinsics: vec(opaqueExtrinsic)});

/** Which extrinsics a block takes: while a migration is under way, those that no block can do without. */
export type InclusionMode = "AllExtrinsics" | "OnlyInherents";

const inclusionMode = plainVariant<InclusionMode>(
  ["AllExtrinsics", "OnlyInherents"],
  "sp_runtime::ExtrinsicInclusionMode",
);
/** Since this version of `Core` opening a block says which extrinsics it takes (sp-api). */
const CORE_WITH_MODE = 5;

/** `Core_initialize_block`. */
export function initializeBlock(
  runtime: Runtime,
  host: RuntimeHost,
  value: Header,
): Result<InclusionMode, ApiFailure> {
  const name = "Core_initialize_block";
  const args = encode(header, value);
  if ((apiVersion(runtime, "Core") ?? 0) >= CORE_WITH_MODE) {
    return ask(runtime, host, name, args, inclusionMode);
  }
  const result = runtime.call(name, args, host);
  return result.ok ? ok("AllExtrinsics") : result;
}

/** `Core_execute_block`, on the parent's state; the header comes without its seal. */
export function executeBlock(
  runtime: Runtime,
  host: RuntimeHost,
  value: Block,
): Result<void, ApiFailure> {
  const result = runtime.call("Core_execute_block", encode(block, value), host);
  return result.ok ? ok() : result;
}

/** The same with pauses, where the runtime has any. */
export function* executeBlockInSteps(
  runtime: Runtime,
  host: RuntimeHost,
  value: Block,
): Steps<Result<void, ApiFailure>> {
  if (runtime.callInSteps === undefined) return executeBlock(runtime, host, value);
  const args = encode(block, value);
  const result = yield* runtime.callInSteps("Core_execute_block", args, host);
  return result.ok ? ok() : result;
}

/** `BlockBuilder_apply_extrinsic`, on a block under construction. */
export function applyExtrinsic(
  runtime: Runtime,
  host: RuntimeHost,
  extrinsic: Uint8Array,
): Result<ApplyExtrinsicAnswer, ApiFailure> {
  return ask(runtime, host, "BlockBuilder_apply_extrinsic", extrinsic, decodeApplyAnswer);
}

/** `BlockBuilder_finalize_block`: the header, without a seal. */
export function finalizeBlock(runtime: Runtime, host: RuntimeHost): Result<Header, ApiFailure> {
  return ask(runtime, host, "BlockBuilder_finalize_block", NOTHING, header);
}

const extrinsics = vec(opaqueExtrinsic);

/** `BlockBuilder_inherent_extrinsics`. */
export function inherentExtrinsics(
  runtime: Runtime,
  host: RuntimeHost,
  data: InherentData,
): Result<Uint8Array[], ApiFailure> {
  const args = encode(inherentData, data);
  return ask(runtime, host, "BlockBuilder_inherent_extrinsics", args, extrinsics);
}

const checkArguments = struct({block, data: inherentData});

/** `BlockBuilder_check_inherents`, on the parent's state. */
export function checkInherents(
  runtime: Runtime,
  host: RuntimeHost,
  value: Block,
  data: InherentData,
): Result<CheckInherentsResult, ApiFailure> {
  const args = encode(checkArguments, {block: value, data});
  return ask(runtime, host, "BlockBuilder_check_inherents", args, checkInherentsResult);
}

export interface ToValidate {
  readonly source: TransactionSource;
  readonly tx: Uint8Array;
  /** The block on whose state it is asked. */
  readonly at: {readonly hash: Hash; readonly number: number};
}

/** The function that a runtime is asked about a transaction by. */
export const VALIDATE_TRANSACTION = "TaggedTransactionQueue_validate_transaction";

const validateArguments = struct({source: transactionSource, tx: opaqueExtrinsic, at: hash});
const validateArgumentsV2 = struct({source: transactionSource, tx: opaqueExtrinsic});
/** Since this version the queue is told the block as well; decoding more than its arguments traps a runtime. */
const QUEUE_WITH_BLOCK = 3;

/**
 * `TaggedTransactionQueue_validate_transaction`, on the state of block `at`. A queue of before version 3 does not open the
 * next block by itself, and would not know of `at` by its hash (the transaction pool of polkadot-sdk, common/api.rs).
 */
export function validateTransaction(
  runtime: Runtime,
  host: RuntimeHost,
  {source, tx, at}: ToValidate,
): Result<TransactionValidityAnswer, ApiFailure> {
  const name = VALIDATE_TRANSACTION;
  if ((apiVersion(runtime, "TaggedTransactionQueue") ?? 0) >= QUEUE_WITH_BLOCK) {
    const args = encode(validateArguments, {source, tx, at: at.hash});
    return ask(runtime, host, name, args, decodeValidityAnswer);
  }
  const opened = initializeBlock(runtime, host, headerAfter(at));
  if (!opened.ok) return opened;
  const args = encode(validateArgumentsV2, {source, tx});
  return ask(runtime, host, name, args, decodeValidityAnswer);
}

const UNKNOWN_ROOT = new Uint8Array(32);

const headerAfter = ({hash, number}: ToValidate["at"]): Header => ({
  parentHash: hash,
  number: number + 1,
  stateRoot: UNKNOWN_ROOT,
  extrinsicsRoot: UNKNOWN_ROOT,
  digest: [],
});

const authorities = vec(fixedBytes(32));

/** `AuraApi_authorities`: public keys in the order of their turns. */
export function auraAuthorities(
  runtime: Runtime,
  host: RuntimeHost,
): Result<Uint8Array[], ApiFailure> {
  return ask(runtime, host, "AuraApi_authorities", NOTHING, authorities);
}

/** `AuraApi_slot_duration`, milliseconds. */
export function auraSlotDuration(runtime: Runtime, host: RuntimeHost): Result<bigint, ApiFailure> {
  return ask(runtime, host, "AuraApi_slot_duration", NOTHING, u64);
}

const voters = vec(tuple(fixedBytes(32), u64));

/** `GrandpaApi_grandpa_authorities`: keys of those who vote on finality, and their weights. */
export function grandpaAuthorities(
  runtime: Runtime,
  host: RuntimeHost,
): Result<[key: Uint8Array, weight: bigint][], ApiFailure> {
  return ask(runtime, host, "GrandpaApi_grandpa_authorities", NOTHING, voters);
}

/** `AccountNonceApi_account_nonce`. */
export function accountNonce(
  runtime: Runtime,
  host: RuntimeHost,
  account: AccountId,
): Result<number, ApiFailure> {
  return ask(runtime, host, "AccountNonceApi_account_nonce", encode(accountId, account), u32);
}

/** Words for a failure, for logs and replies. */
export function describeApiFailure(failure: ApiFailure): string {
  switch (failure.code) {
    case "function-not-found":
      return `the runtime has no function ${failure.name}`;
    case "arguments-invalid":
      return `arguments of ${failure.name} do not decode: ${failure.reason}`;
    case "trap":
      return `${failure.name} trapped: ${failure.message}`;
    case "given-up":
      return `${failure.name} was given up after ${failure.milliseconds} ms`;
    case "state-missing":
      return `${failure.name} came upon a part of the state that is not here: ${placeOf(failure)}`;
    case "answer-invalid":
      return `the answer of ${failure.name} does not decode: ${failure.reason.message}`;
  }
}

function placeOf({key, child, path, hash}: StateMissing): string {
  const within = child === undefined ? "" : ` of child trie ${child}`;
  return `${key === undefined ? `below ${path}` : `key ${key}`}${within}, hash ${hash}`;
}

import {err, ok, type Result} from "#base";
import {bytes, decode, encode, fixedBytes, option, struct, u32, vec} from "#codec";
import {
  describeApiFailure,
  type Runtime,
  type RuntimeFailure,
  type RuntimeHost,
} from "#runtime-api";
import {Overlay, stateViewOf} from "#state";
import {NO_SOURCE, Trie} from "#trie";
import {type ParachainBlock, type PoVForm, parachainBlockData, poVForm} from "./block-data.ts";

const VALIDATE_BLOCK = "validate_block";

export interface ValidationRequest extends ParachainBlock {
  /** The head that the block is built on: its parent's header as SCALE, with its seal. */
  readonly parentHead: Uint8Array;
  /** Of the relay chain's block that the block was made for. */
  readonly relayParentNumber: number;
  /** 32 bytes. */
  readonly relayParentStorageRoot: Uint8Array;
  /** By default that which the runtime says it reads. */
  readonly form?: PoVForm;
}

export interface HorizontalMessage {
  /** Number of a parachain. */
  readonly recipient: number;
  readonly data: Uint8Array;
}

/** `ValidationResult` (polkadot-parachain-primitives): what comes of a block that is valid. */
export interface ValidationResult {
  /** The head that the relay chain keeps of the parachain: the block's sealed header, unless the runtime makes another one. */
  readonly headData: Uint8Array;
  /** Code that the parachain wants to go on with. */
  readonly newValidationCode: Uint8Array | undefined;
  readonly upwardMessages: readonly Uint8Array[];
  readonly horizontalMessages: readonly HorizontalMessage[];
  readonly processedDownwardMessages: number;
  /** Relay chain's block up to which messages of other parachains were taken. */
  readonly hrmpWatermark: number;
}

export const validationResult = struct({
  headData: bytes,
  newValidationCode: option(bytes),
  upwardMessages: vec(bytes),
  horizontalMessages: vec(struct({recipient: u32, data: bytes})),
  processedDownwardMessages: u32,
  hrmpWatermark: u32,
});

const validationParams = struct({
  parentHead: bytes,
  blockData: bytes,
  relayParentNumber: u32,
  relayParentStorageRoot: fixedBytes(32),
});

export type ValidationFailure =
  /** The runtime is not one of a parachain. */
  | {readonly code: "no-judge"}
  /** It was refused, with the runtime's own words. */
  | {readonly code: "refused"; readonly reason: string}
  /** Nothing was found out: it did not end in time, ended the engine's stack, or answered what cannot be read. */
  | {readonly code: "not-judged"; readonly reason: string};

/**
 * Has a runtime judge a block by itself. `runtime` is that of the parent's state, as is the proof. `verifySignature` has to
 * say the truth at once. Whether `headData` is the header of the block is the caller's to see.
 */
export function validateBlock(
  runtime: Runtime,
  request: ValidationRequest,
  host: Pick<RuntimeHost, "verifySignature" | "isAsked" | "patience">,
): Result<ValidationResult, ValidationFailure> {
  const {parentHead, relayParentNumber, relayParentStorageRoot, form = poVForm(runtime)} = request;
  const blockData = parachainBlockData(request, form);
  const args = encode(validationParams, {
    parentHead,
    blockData,
    relayParentNumber,
    relayParentStorageRoot,
  });
  const answer = runtime.call(VALIDATE_BLOCK, args, {...host, state: noState()});
  if (!answer.ok) return err(failureOf(answer.error));
  const result = decode(validationResult, answer.value);
  return result.ok
    ? ok(result.value)
    : err({code: "not-judged", reason: `its answer cannot be read: ${result.error.message}`});
}

/** All of it is elsewhere: whoever reads it is told so, which ends the call. */
function noState(): Overlay {
  const root = new Uint8Array(32);
  return new Overlay(stateViewOf(Trie.open(() => Uint8Array.of(1), NO_SOURCE, root)));
}

function failureOf(failure: RuntimeFailure): ValidationFailure {
  if (failure.code === "function-not-found") return {code: "no-judge"};
  if (failure.code === "trap" && !failure.isStateLost) {
    return {code: "refused", reason: failure.message};
  }
  return {code: "not-judged", reason: describeApiFailure(failure)};
}

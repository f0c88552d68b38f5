import type {SubmitFailure} from "#pool";
import type {InvalidTransaction, UnknownTransaction} from "#primitives";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import {toHex} from "./hex.ts";

/** Clients show these to people, and some look for the words (spec/rpc §1). */
const INVALID_TEXT: Record<Exclude<InvalidTransaction["type"], "Custom">, string> = {
  Call: "Transaction call is not expected",
  Payment: "Inability to pay some fees (e.g. account balance too low)",
  Future: "Transaction will be valid in the future",
  Stale: "Transaction is outdated",
  BadProof: "Transaction has a bad signature",
  AncientBirthBlock: "Transaction has an ancient birth block",
  ExhaustsResources: "Transaction would exhaust the block limits",
  BadMandatory: "A call was labelled as mandatory, but resulted in an Error.",
  MandatoryValidation: "Transaction dispatch is mandatory; transactions must not be validated.",
  BadSigner: "Invalid signing address",
};

const invalidText = (reason: InvalidTransaction): string =>
  reason.type === "Custom" ? `Custom error: ${reason.value}` : INVALID_TEXT[reason.type];

const unknownText = (reason: UnknownTransaction): string =>
  reason.type === "Custom" ? `Custom(${reason.value})` : reason.type;

/** Undecodable bytes have a code of their own in `author_submitAndWatchExtrinsic` alone. */
export function submitError(failure: SubmitFailure, method: "submit" | "watch"): RpcError {
  switch (failure.code) {
    case "malformed":
      return method === "watch"
        ? {code: 1_001, message: `Extrinsic has invalid format: ${failure.reason}`}
        : {code: 1_040, message: `Client error: ${failure.reason}`};
    case "verification-failed":
      return {
        code: 1_002,
        message: `Verification Error: ${failure.reason}`,
        data: failure.reason,
      };
    case "invalid":
      return {code: 1_010, message: "Invalid Transaction", data: invalidText(failure.reason)};
    case "unknown-validity":
      return {
        code: 1_011,
        message: "Unknown Transaction Validity",
        data: unknownText(failure.reason),
      };
    case "unrecognized":
      return {
        ...(failure.isUnknown
          ? {code: 1_011, message: "Unknown Transaction Validity"}
          : {code: 1_010, message: "Invalid Transaction"}),
        data: `Error ${toHex(failure.error)}`,
      };
    case "temporarily-banned":
      return {code: 1_012, message: "Transaction is temporarily banned"};
    case "already-imported":
      return {code: 1_013, message: "Transaction Already Imported", data: toHex(failure.hash)};
    case "priority-too-low":
      return {
        code: 1_014,
        message: `Priority is too low: (${failure.old} vs ${failure.new})`,
        data: "The transaction has too low priority to replace another transaction already in the pool.",
      };
    case "cycle-detected":
      return {code: 1_015, message: "Cycle Detected"};
    case "immediately-dropped":
      return {
        code: 1_016,
        message: "Immediately Dropped",
        data: "The transaction couldn't enter the pool because of the limit",
      };
    case "unactionable":
      return {
        code: 1_018,
        message: "Unactionable",
        data: "The transaction is unactionable since it is not propagable and the local node does not author blocks",
      };
    case "no-tags-provided":
      return {
        code: 1_019,
        message: "No tags provided",
        data: "Transaction does not provide any tags, so the pool can't identify it",
      };
    case "block-unknown":
      return {code: 1_020, message: "The provided block ID is not valid"};
    case "future-refused":
      return {code: 1_021, message: "The pool is not accepting future transactions"};
  }
}

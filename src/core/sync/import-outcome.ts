import type {ImportOutcome} from "#sync";
import type {ImportFailure} from "../chain/block-importer.ts";

/** What a failed import says of the block, and so of who sent it. */
export function importOutcome(
  failure: ImportFailure | {readonly code: "queue-full"},
): ImportOutcome {
  switch (failure.code) {
    case "parent-unknown":
    case "queue-full":
      return {kind: "orphan"};
    case "fork-abandoned":
    // Says nothing of the block that has this hash, only of the body that came with it. Sync looks at bodies as they
    // come; should one slip by, the hash must not pay for it.
    case "extrinsics-root-mismatch":
      return {kind: "abandoned"};
    // Ours to mend: the peer may well be right.
    case "runtime-unavailable":
    case "given-up":
    case "set-aside":
    case "signatures-unchecked":
      return {kind: "unchecked"};
    // Taken for bad, it would be so for ever, and a node whose clock is put right would never catch up.
    case "slot-in-future":
      return {kind: "early"};
    default:
      return {
        kind: "bad",
        reason: "reason" in failure ? `${failure.code}: ${failure.reason}` : failure.code,
      };
  }
}

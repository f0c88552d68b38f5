import {err, ok, type Result} from "#base";
import {type DecodeFailure, decode} from "#codec";
import type {BlockRef} from "../block-ref.ts";
import {justification as justificationCodec} from "../justification.ts";
import {type JustificationFailure, verifyJustification} from "../verify-justification.ts";
import type {VoterCore} from "./core.ts";
import {finalize} from "./finality.ts";
import {exceedsLimit} from "./receive-commit.ts";

export type JustificationImportFailure =
  | JustificationFailure
  | {readonly code: "undecodable"; readonly failure: DecodeFailure}
  | {readonly code: "not-imported"; readonly block: BlockRef}
  | {readonly code: "not-finalizable"; readonly block: BlockRef}
  | {readonly code: "beyond-set"; readonly block: BlockRef};

/** Finalizes by a proof that came with a block. One for a block that is final already is taken as it is. */
export function receiveJustification(
  core: VoterCore,
  bytes: Uint8Array,
): Result<BlockRef, JustificationImportFailure> {
  const decoded = decode(justificationCodec, bytes);
  if (!decoded.ok) return err({code: "undecodable", failure: decoded.error});
  const {round, commit} = decoded.value;
  const {target} = commit;
  if (target.number <= core.finalized.number) return ok(target);
  if (core.deps.chain.header(target.hash)?.number !== target.number) {
    return err({code: "not-imported", block: target});
  }
  if (exceedsLimit(core, target)) return err({code: "beyond-set", block: target});
  const {setId, sets, deps} = core;
  const verified = verifyJustification(decoded.value, {
    setId,
    voters: sets.voters,
    hashing: deps.hashing,
    signatures: deps.signatures,
  });
  if (!verified.ok) return verified;
  return finalize(core, round, commit, decoded.value)
    ? ok(target)
    : err({code: "not-finalizable", block: target});
}

import {ok, type Result} from "#base";
import {type Blockchain, blockOnParent, blockProof, type GivenBlock} from "#core";
import type {Hashing} from "#crypto";
import {describeRuntime, StateReader} from "#description";
import {type Hash, type Header, headerHash} from "#primitives";
import type {CallFailure, CheckedBlock} from "#rpc";
import type {RuntimeHost} from "#runtime-api";
import {Overlay} from "#state";
import {readBlockWeight} from "#upgrade";
import {judgePastBlock, verdictOf} from "../judging/index.ts";

interface CheckDependencies {
  readonly rest: Omit<RuntimeHost, "state">;
  readonly hashing: Hashing;
}

/** Executes a block once more for its proof, and has its runtime judge it by that. Undefined for a block not known. */
export function checkBlock(
  chain: Blockchain,
  hash: Hash,
  dependencies: CheckDependencies,
): Result<CheckedBlock, CallFailure> | undefined {
  const header = chain.header(hash);
  return header === undefined
    ? undefined
    : checkAny(chain, hash, {header, body: chain.body(hash)}, dependencies);
}

/** The same of a block that somebody else has, on a parent whose state is kept here. */
export const checkGivenBlock = (
  chain: Blockchain,
  {header, body}: GivenBlock,
  dependencies: CheckDependencies,
): Result<CheckedBlock, CallFailure> | undefined =>
  checkAny(chain, headerHash(header, dependencies.hashing), {header, body}, dependencies);

function checkAny(
  chain: Blockchain,
  hash: Hash,
  {header, body}: {readonly header: Header; readonly body: readonly Uint8Array[] | undefined},
  {rest, hashing}: CheckDependencies,
): Result<CheckedBlock, CallFailure> | undefined {
  const {number} = header;
  const isFirst = number === 0 || chain.isStandIn(header.parentHash);
  const block = isFirst || body === undefined ? undefined : blockOnParent(chain, {header, body});
  if (block === undefined) {
    const why = isFirst
      ? {code: "first-block", reason: "nobody made the first block"}
      : {code: "body-missing", reason: "what is in it is not kept"};
    return ok({number, verdict: "not-judged", why, ...NOT_DONE, weight: undefined});
  }
  if (!block.ok) return block;
  const weight = weightAfter(chain, hash, {hashing});
  const began = performance.now();
  const proof = blockProof(block.value, rest);
  const executedIn = performance.now() - began;
  if (!proof.ok) {
    const {verdict, ...why} = verdictOf({code: "not-executed", failure: proof.error});
    return ok({number, verdict, why, ...NOT_DONE, weight, executedIn});
  }
  const judging = performance.now();
  const judged = judgePastBlock(block.value, {...rest, proof: proof.value});
  const judgedIn = judged.verdict === "not-judged" ? undefined : performance.now() - judging;
  const why = judged.verdict === "valid" ? undefined : {code: judged.code, reason: judged.reason};
  const proofSize = proof.value.size;
  return ok({number, verdict: judged.verdict, why, proofSize, weight, executedIn, judgedIn});
}

const NOT_DONE = {proofSize: undefined, executedIn: undefined, judgedIn: undefined};

/** By the state after the block, whose runtime may be another than the one that executed it. */
function weightAfter(
  chain: Blockchain,
  hash: Hash,
  {hashing}: Omit<CheckDependencies, "rest">,
): CheckedBlock["weight"] {
  const state = chain.state(hash);
  const runtime = state === undefined ? undefined : chain.runtimeOf(state);
  if (state === undefined || runtime?.ok !== true) return undefined;
  const host = {state: new Overlay(state), verifySignature: () => false};
  const described = describeRuntime(runtime.value, host);
  if (!described.ok) return undefined;
  const weight = readBlockWeight(new StateReader(described.value, state, hashing));
  if (weight === undefined) return undefined;
  const {refTime, proofSize, most} = weight;
  return {refTime, proofSize, maxRefTime: most?.refTime, maxProofSize: most?.proofSize};
}

import {inSlice, ok, type Result, type Slices} from "#base";
import type {Header} from "#primitives";
import {type ApiFailure, executeBlockInSteps, type Runtime, type StateMissing} from "#runtime-api";
import type {StateView} from "#state";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {type Execution, executionOn, type ProofSizeMode} from "./execution.ts";
import {overOwnState} from "./own-state.ts";

/** A block's execution, to its end or to a failure. */
export interface Executed extends Pick<Execution, "state" | "recorder"> {
  readonly answer: Result<unknown, Exclude<ApiFailure, StateMissing>>;
}

export interface BlockToExecute {
  readonly runtime: Runtime;
  readonly parent: StateView;
  /** Without its seal. */
  readonly block: {readonly header: Header; readonly extrinsics: Uint8Array[]};
  readonly proofSize: ProofSizeMode;
  /** Absent: the thread is not shared with anybody. */
  readonly slices?: Slices | undefined;
}

/**
 * Executes a block with the signatures in it taken on trust, while other threads look at them. If all of them hold, the runtime was
 * told nothing but the truth, and what it did counts, whichever runtime it is. If not, one that takes promises has refused the
 * block by that (`bad-signature`); any other is run once more, with the truth: it may do what it likes with a bad signature.
 *
 * `meanwhile` is called with an execution that waits for its signatures only. A string is why those could not be looked at.
 */
export async function executeOnTrust(
  {runtime, parent, block, proofSize, slices}: BlockToExecute,
  signatures: SignatureChecks,
  meanwhile: (executed: Executed) => void,
): Promise<Result<Executed, {readonly reason: string} | "bad-signature">> {
  const run = async (
    {verifySignature}: Pick<SignatureChecks, "verifySignature">,
    beforeRoot?: () => void,
  ): Promise<Executed> => {
    const {state, host, recorder} = executionOn(parent, {verifySignature}, proofSize, {beforeRoot});
    const steps = executeBlockInSteps(runtime, host, block);
    let step = inSlice(steps, slices);
    while (step.done !== true) {
      await slices?.next();
      step = inSlice(steps, slices);
    }
    return {state, recorder, answer: overOwnState(step.value)};
  };
  const deferred = signatures.deferred();
  // No extrinsic comes after the root: who checks their signatures need not wait until it is there.
  const executed = await run(deferred, () => deferred.handOverLast());
  const {answer} = executed;
  const isPromised = runtime.takesPromises === true;
  // What fails though all is taken to hold fails; and what does not end would not end once more.
  const isOver = !answer.ok && (isPromised || answer.error.code === "given-up");
  if (deferred.count === 0 || isOver) return ok(executed);
  if (answer.ok) meanwhile(executed);
  const settled = await deferred.settle();
  if (!settled.ok) return {ok: false, error: {reason: settled.error}};
  if (settled.value) return ok(executed);
  return isPromised ? {ok: false, error: "bad-signature"} : ok(await run(signatures));
}

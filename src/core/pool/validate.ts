import {bytesToHex, err, ok} from "#base";
import type {TransactionPoolDependencies} from "#pool";
import {invalid} from "#primitives";
import {describeApiFailure, validateTransaction} from "#runtime-api";
import type {Blockchain} from "../chain/blockchain.ts";
import {ownStateFault} from "../chain/own-state.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";

/**
 * Asks the runtime about a transaction at the tip. A runtime that takes promises runs at once with the signature taken on
 * trust; the signature itself is checked on another thread, and only if it holds does the runtime's word count.
 */
export function createValidator(
  chain: Blockchain,
  signatures: SignatureChecks,
  onFatal: (error: unknown) => void,
): TransactionPoolDependencies["validate"] {
  return async (source, bytes) => {
    const {head} = chain;
    const failed = (reason: string) => err({code: "verification-failed", reason} as const);
    const runtime = chain.runtimeOf(head.state);
    if (!runtime.ok) return failed(runtime.error);
    const deferred = runtime.value.takesPromises === true ? signatures.deferred() : undefined;
    const host = chain.host(head.state, deferred ?? signatures);
    const validity = validateTransaction(runtime.value, host, {source, tx: bytes, at: head});
    if (!validity.ok) {
      // The state is our own: what is missing of it was lost, and the node ends for it.
      if (validity.error.code === "state-missing") onFatal(ownStateFault(validity.error));
      const reason = describeApiFailure(validity.error);
      return failed(`${reason} (at ${bytesToHex(head.hash)})`);
    }
    const settled = deferred === undefined ? ok(true) : await deferred.settle();
    if (!settled.ok) return failed(settled.error);
    const answer = settled.value ? validity.value : err(invalid("BadProof"));
    // It may be in that very block, of which the pool is told when it is on disk: not to be called stale before that.
    if (!answer.ok && !chain.isAnnounced(head.hash)) await chain.settled();
    return ok({at: head.number, validity: answer});
  };
}

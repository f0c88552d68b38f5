import {bytesToHex, err, ok, type Result} from "#base";
import type {TransactionPoolDependencies} from "#pool";
import {invalid, type TransactionValidityAnswer} from "#primitives";
import {
  type ApiFailure,
  describeApiFailure,
  type RuntimeHost,
  validateTransaction,
} from "#runtime-api";
import type {Blockchain} from "../chain/blockchain.ts";
import {ownStateFault} from "../chain/own-state.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {WatchedLine} from "./watched-line.ts";

export interface ValidatorOptions {
  /** Told of what ends the node. */
  readonly onFatal: (error: unknown) => void;
  /** Lets other work have its turn, and what has come be read. */
  readonly yieldThread: () => Promise<void>;
}

/**
 * Asks the runtime about a transaction at the tip. It runs at once, with the signature taken on trust; that is checked on
 * another thread, together with others that came at the same time. If it holds, the runtime was told nothing but the truth, and
 * its word counts, whichever runtime it is. If not, one that takes promises has nothing more to say, and any other is asked once
 * more, with the truth: it may do what it likes with a bad signature.
 */
export function createValidator(
  chain: Blockchain,
  signatures: SignatureChecks,
  {onFatal, yieldThread}: ValidatorOptions,
): TransactionPoolDependencies["validate"] {
  const line = new WatchedLine(yieldThread);
  return async (source, bytes) => {
    const {head} = chain;
    const failed = (reason: string) => err({code: "verification-failed", reason} as const);
    const runtime = chain.runtimeOf(head.state);
    if (!runtime.ok) return failed(runtime.error);
    const ask = (told: Pick<RuntimeHost, "verifySignature">) => {
      const asked = {source, tx: bytes, at: head};
      return line.ask(runtime.value, "TaggedTransactionQueue_validate_transaction", () =>
        validateTransaction(runtime.value, chain.host(head.state, told), asked),
      );
    };
    const deferred = signatures.deferred();
    const told = ask(deferred);
    const onTrust = told instanceof Promise ? await told : told;
    const settled = await deferred.settle();
    if (!settled.ok) return failed(settled.error);
    const validity: Result<TransactionValidityAnswer, ApiFailure> =
      settled.value || isOver(onTrust)
        ? onTrust
        : runtime.value.takesPromises === true
          ? ok(err(invalid("BadProof")))
          : await ask(signatures);
    if (!validity.ok) {
      // The state is our own: what is missing of it was lost, and the node ends for it.
      if (validity.error.code === "state-missing") onFatal(ownStateFault(validity.error));
      const reason = describeApiFailure(validity.error);
      return failed(`${reason} (at ${bytesToHex(head.hash)})`);
    }
    const answer = validity.value;
    // It may be in that very block, of which the pool is told when it is on disk: not to be called stale before that.
    if (!answer.ok && !chain.isAnnounced(head.hash)) await chain.settled();
    return ok({at: head.number, validity: answer});
  };
}

/** Whether asking again would find out nothing else: a call that does not end would not end once more. */
function isOver(asked: Result<unknown, ApiFailure>): boolean {
  return !asked.ok && (asked.error.code === "state-missing" || asked.error.code === "given-up");
}

import {bytesToHex, err, ok, type Result} from "#base";
import type {TransactionPoolDependencies} from "#pool";
import {invalid, type TransactionSource, type TransactionValidityAnswer} from "#primitives";
import {
  type ApiFailure,
  describeApiFailure,
  type GivenUpCall,
  type Runtime,
  type RuntimeHost,
  VALIDATE_TRANSACTION,
  validateTransaction,
} from "#runtime-api";
import type {StateView} from "#state";
import type {Blockchain, Head} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import {ownStateFault} from "../chain/own-state.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {WatchedLine} from "./watched-line.ts";

export interface ValidatorOptions {
  /** Told of what ends the node. */
  readonly onFatal: (error: unknown) => void;
  /** Lets other work have its turn, and what has come be read. */
  readonly yieldThread: () => Promise<void>;
  readonly elsewhere?: ValidatesElsewhere | undefined;
}

/** A transaction, and the block whose runtime is asked about it. */
export interface ElsewhereAsked {
  readonly source: TransactionSource;
  readonly tx: Uint8Array;
  readonly at: BlockRef & {readonly state: StateView};
}

/** Other threads, on which a runtime can be asked. */
export interface ValidatesElsewhere {
  /** Undefined, now or later: it is to be asked here. */
  ask(
    asked: ElsewhereAsked,
  ): Promise<Result<TransactionValidityAnswer, GivenUpCall> | undefined> | undefined;
}

/** From so many under way at once on, the way to another thread and back costs less than is saved by it. */
const MANY = 32;

/** Asks the runtime about a transaction at the tip: here, or on another thread when many come. */
export function createValidator(
  chain: Blockchain,
  signatures: SignatureChecks,
  {onFatal, yieldThread, elsewhere}: ValidatorOptions,
): TransactionPoolDependencies["validate"] {
  const line = new WatchedLine(yieldThread);
  const failed = (reason: string) => err({code: "verification-failed", reason} as const);
  const conclude = async (
    head: Head,
    validity: Result<TransactionValidityAnswer, ApiFailure>,
  ): Promise<Awaited<ReturnType<TransactionPoolDependencies["validate"]>>> => {
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
  let underWay = 0;
  return async (source, tx) => {
    underWay++;
    try {
      if (underWay > MANY) {
        const at = chain.head;
        const told = await elsewhere?.ask({source, tx, at});
        if (told !== undefined) {
          const concluded = await conclude(at, told);
          return concluded.ok ? ok({...concluded.value, isFromElsewhere: true}) : concluded;
        }
      }
      const {head} = chain;
      const runtime = chain.runtimeOf(head.state);
      if (!runtime.ok) return failed(runtime.error);
      const validity = await askHere(
        runtime.value,
        {source, tx, at: head},
        {chain, signatures, line},
      );
      return validity.ok ? await conclude(head, validity.value) : failed(validity.error);
    } finally {
      underWay--;
    }
  };
}

/**
 * It runs at once, with the signature taken on trust; that is checked on another thread, together with others that came at the same
 * time. If it holds, the runtime was told nothing but the truth, and its word counts, whichever runtime it is. If not, one that
 * takes promises has nothing more to say, and any other is asked once more, with the truth: it may do what it likes with a bad
 * signature. Fails where the signature could not be checked.
 */
async function askHere(
  runtime: Runtime,
  asked: ElsewhereAsked,
  {chain, signatures, line}: {chain: Blockchain; signatures: SignatureChecks; line: WatchedLine},
): Promise<Result<Result<TransactionValidityAnswer, ApiFailure>, string>> {
  const ask = (told: Pick<RuntimeHost, "verifySignature">) =>
    line.ask(runtime, VALIDATE_TRANSACTION, () =>
      validateTransaction(runtime, chain.host(asked.at.state, told), asked),
    );
  const deferred = signatures.deferred();
  const told = ask(deferred);
  const onTrust = told instanceof Promise ? await told : told;
  const settled = await deferred.settle();
  if (!settled.ok) return settled;
  if (settled.value || isOver(onTrust)) return ok(onTrust);
  return ok(runtime.takesPromises === true ? ok(err(invalid("BadProof"))) : await ask(signatures));
}

/** Whether asking again would find out nothing else: a call that does not end would not end once more. */
function isOver(asked: Result<unknown, ApiFailure>): boolean {
  return !asked.ok && (asked.error.code === "state-missing" || asked.error.code === "given-up");
}

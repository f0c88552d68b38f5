import {equalBytes} from "#base";
import {isLastStatus, type SubmitFailure, type TransactionStatus} from "#pool";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import type {ItemSink} from "../../declare/index.ts";
import type {ChainQuestions} from "../../questions/chain.ts";
import {toHex} from "../../shapes/hex.ts";
import {submitError} from "../../shapes/submit-error.ts";

/** Refusals that are no verdict of the runtime: the node could not ask it, or has no room. */
const REFUSED_AS: Partial<Record<SubmitFailure["code"], string>> = {
  "verification-failed": "error",
  "immediately-dropped": "dropped",
};

/** Tells a client of its transaction in the events of the newer methods (spec/rpc §2). */
export class TransactionEvents {
  readonly #extrinsic: OpaqueExtrinsic;
  readonly #chain: ChainQuestions;
  readonly #sink: ItemSink;
  #isValidated = false;

  constructor(extrinsic: OpaqueExtrinsic, chain: ChainQuestions, sink: ItemSink) {
    this.#extrinsic = extrinsic;
    this.#chain = chain;
    this.#sink = sink;
  }

  tell(status: TransactionStatus): void {
    const event = this.#eventOf(status);
    if (event !== undefined) this.#sink.send(event);
    if (isLastStatus(status)) this.#sink.end();
  }

  /** A transaction that the pool did not take. */
  refused(failure: SubmitFailure): void {
    const {message, data} = submitError(failure, "watch");
    const error = typeof data === "string" ? `${message}: ${data}` : message;
    this.#sink.send({event: REFUSED_AS[failure.code] ?? "invalid", error});
    this.#sink.end();
  }

  #eventOf(status: TransactionStatus): unknown {
    switch (status.kind) {
      case "future":
      case "ready":
        if (this.#isValidated) return undefined;
        this.#isValidated = true;
        return {event: "validated"};
      case "broadcast":
        return undefined;
      case "inBlock":
        return {event: "bestChainBlockIncluded", block: this.#place(status.block)};
      case "retracted":
        return {event: "bestChainBlockIncluded", block: null};
      case "finalized":
        return {event: "finalized", block: this.#place(status.block)};
      case "usurped":
        return {event: "invalid", error: `Usurped by ${toHex(status.by)}`};
      case "invalid":
        return {event: "invalid", error: "The transaction is no longer valid"};
      case "dropped":
        return {event: "dropped", error: "The transaction fell out of the pool"};
      case "finalityTimeout":
        return {event: "dropped", error: "Its block was not finalized in time"};
    }
  }

  #place(block: Hash): {hash: string; index: number} {
    const body = this.#chain.body(block) ?? [];
    const index = body.findIndex(each => equalBytes(each, this.#extrinsic));
    return {hash: toHex(block), index: Math.max(0, index)};
  }
}

import {bytesToBinary, err, ok, type Result} from "#base";
import {
  isUnknownValidity,
  type TransactionSource,
  type TransactionValidityAnswer,
} from "#primitives";
import type {PoolCounts} from "./pool-counts.ts";
import type {PoolTransaction} from "./pool-transaction.ts";
import type {SubmitFailure} from "./submit-failure.ts";

/** A transaction of which the runtime has not been asked yet. */
export type Submitted = Pick<PoolTransaction, "hash" | "id" | "bytes">;

/** What the runtime says of a transaction, and at which height it was asked. */
export interface Validation {
  readonly at: number;
  readonly validity: TransactionValidityAnswer;
  /** It was asked on another thread. */
  readonly isFromElsewhere?: true;
}

/** Asks the runtime at the best block, signature included. */
export type Validate = (
  source: TransactionSource,
  bytes: Uint8Array,
) => Promise<Result<Validation, {readonly code: "verification-failed"; readonly reason: string}>>;

/** Asks the runtime of the best chain about transactions, and knows which verdicts are another runtime's by now. */
export class Judge {
  readonly #validate: Validate;
  #era = 0;
  #arrivals = 0;

  constructor(validate: Validate, counts: PoolCounts) {
    this.#validate = async (source, bytes) => {
      counts.validationsScheduled++;
      const validation = await validate(source, bytes);
      counts.validationsFinished++;
      if (validation.ok && !validation.value.validity.ok) counts.validationsInvalid++;
      if (validation.ok && validation.value.isFromElsewhere) counts.validatedElsewhere++;
      return validation;
    };
  }

  /** How often the best chain went over to another runtime. */
  get era(): number {
    return this.#era;
  }

  runtimeChanged(): void {
    this.#era++;
  }

  /** As long as the best chain goes over to another runtime meanwhile, that one is asked. */
  async ask(
    source: TransactionSource,
    submitted: Submitted,
  ): Promise<Result<PoolTransaction, SubmitFailure>> {
    for (;;) {
      const era = this.#era;
      const validation = await this.#validate(source, submitted.bytes);
      if (era !== this.#era) continue;
      if (!validation.ok) return validation;
      return judged(submitted, validation.value, {era, arrival: this.#arrivals++});
    }
  }

  /** About one that waits. Undefined where this runtime was asked before, or nothing was found out: who makes a block will. */
  async askAgain(
    known: PoolTransaction,
  ): Promise<Result<PoolTransaction, SubmitFailure> | undefined> {
    const era = this.#era;
    if (known.era === era) return undefined;
    const validation = await this.#validate("External", known.bytes);
    if (era !== this.#era || !validation.ok) return undefined;
    const anew = judged(known, validation.value, {era, arrival: known.arrival});
    return !anew.ok && anew.error.code === "unknown-validity" ? undefined : anew;
  }
}

/** The transaction as the pool keeps it, by what the runtime said of it. */
function judged(
  {hash, id, bytes}: Submitted,
  {at, validity}: Validation,
  {arrival, era}: Pick<PoolTransaction, "arrival" | "era">,
): Result<PoolTransaction, SubmitFailure> {
  if (!validity.ok) {
    const {error} = validity;
    if (error.type === "Unrecognized") {
      return err({
        code: "unrecognized",
        isUnknown: isUnknownValidity(error),
        error: error.value,
      });
    }
    if (error.type === "Unknown") return err({code: "unknown-validity", reason: error.value});
    return err({code: "invalid", reason: error.value});
  }
  const {provides, requires, priority, longevity, propagate} = validity.value;
  if (provides.length === 0) return err({code: "no-tags-provided"});
  const validTill = Number(longevity) + at;
  return ok({
    arrival,
    era,
    hash,
    id,
    bytes,
    priority,
    requires: requires.map(bytesToBinary),
    provides: provides.map(bytesToBinary),
    validTill: validTill >= Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : validTill,
    propagate,
  });
}

/** Whether it will not be another verdict soon. A nonce further on is no fault of the transaction. */
export function isLasting(failure: SubmitFailure): boolean {
  if (failure.code === "unrecognized") return !failure.isUnknown;
  return failure.code === "invalid" && failure.reason.type !== "Future";
}

import {bytesToBinary, type Clock, err, type Logger, millis, ok, type Result} from "#base";
import type {ElsewhereAsked, PackedSignature, ValidatesElsewhere} from "#core";
import {HEAP_PAGES_KEY, type TransactionValidityAnswer} from "#primitives";
import {type GivenUpCall, VALIDATE_TRANSACTION} from "#runtime-api";
import type {StorageKey} from "#state";
import {
  answers as answersCodec,
  type FromThread,
  keys as keysCodec,
  unpacked,
  type Verdict,
} from "./messages.ts";
import {Seat} from "./seat.ts";
import type {ExaminerThread, ThreadEvents} from "./validation-thread.ts";

/** Questions with one thread: some half a second of its time. What comes beyond them is asked here. */
const MOST_OPEN = 4_096;
/** Threads lost without one answer in between, after which no more are started. */
const MAX_FUTILE_ENDS = 3;
/** How long nothing is asked before threads end, in milliseconds: each holds some tens of megabytes, and starts within a second. */
export const QUIET = 60_000;
/** Answers in a row that said nothing, after which only one question in as many is still put to a thread. */
const IN_VAIN = 256;

export interface ValidationThreadsOptions {
  readonly threads: number;
  readonly openThread: (events: ThreadEvents) => ExaminerThread;
  /** Told of signatures that were found good. */
  readonly remember: (signature: PackedSignature) => void;
  /** Whether threads may be asked at present. */
  readonly mayAsk: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Asks runtimes about transactions on other threads, which have nothing of the chain but what they are told: the state stays
 * here, and they ask for the entries that a runtime reads. Threads are started when there is something to ask, and end when nothing was
 * for a while.
 */
export class ValidationThreads implements ValidatesElsewhere {
  readonly #options: ValidationThreadsOptions;
  readonly #seats = new Set<Seat>();
  #isFlushing = false;
  #isStopped = false;
  #futileEnds = 0;
  #inVain = 0;
  #asked = 0;
  #lastAsked = 0;
  /** Of the wait for quiet; undefined while nobody waits. */
  #quiet: AbortController | undefined;
  #ending: Promise<unknown> = Promise.resolve();
  /** Keys that nearly every transaction reads. */
  #often: readonly StorageKey[] = [HEAP_PAGES_KEY];

  constructor(options: ValidationThreadsOptions) {
    this.#options = options;
  }

  ask(
    asked: ElsewhereAsked,
  ): Promise<Result<TransactionValidityAnswer, GivenUpCall> | undefined> | undefined {
    if (this.#isStopped || !this.#options.mayAsk()) return undefined;
    // Of a runtime that reads more than single entries nothing is found out there.
    if (this.#inVain >= IN_VAIN && ++this.#asked % IN_VAIN !== 0) return undefined;
    this.#fill();
    this.#lastAsked = this.#options.clock.now();
    this.#quiet ??= this.#endWhenQuiet();
    const seat = this.#leastBusy();
    if (seat === undefined || seat.open >= MOST_OPEN) return undefined;
    this.#flushSoon();
    return new Promise(resolve => seat.add(asked, verdict => resolve(verdict && toldBy(verdict))));
  }

  /** Whoever waits for an answer is told that there is none, and nothing is asked any more. */
  abandon(): void {
    this.#isStopped = true;
    this.#quiet?.abort();
    for (const seat of this.#seats) seat.abandon();
  }

  async stop(): Promise<void> {
    this.abandon();
    await Promise.all([this.#ending, this.#endAll()]);
  }

  #endAll(): Promise<unknown> {
    const seats = [...this.#seats];
    this.#seats.clear();
    return Promise.all(seats.map(({thread}) => thread.terminate()));
  }

  #endWhenQuiet(): AbortController {
    const waiting = new AbortController();
    const {clock} = this.#options;
    const wait = async () => {
      let since: number;
      do {
        since = this.#lastAsked;
        await clock.until(millis(since + QUIET), waiting.signal);
        // What is asked still counts as asked now.
        if ([...this.#seats].some(({open}) => open > 0)) this.#lastAsked = clock.now();
      } while (since !== this.#lastAsked);
      this.#quiet = undefined;
      this.#ending = this.#endAll();
      await this.#ending;
    };
    wait().catch((error: unknown) => {
      if (!waiting.signal.aborted)
        this.#options.logger.log("error", "txpool", "threads that validate do not end", {
          error: String(error),
        });
    });
    return waiting;
  }

  #fill(): void {
    if (this.#futileEnds >= MAX_FUTILE_ENDS) return;
    while (this.#seats.size < this.#options.threads) {
      const seat: Seat = new Seat(
        this.#options.openThread({
          said: message => this.#said(seat, message),
          gone: reason => this.#gone(seat, reason),
        }),
      );
      this.#seats.add(seat);
    }
  }

  #leastBusy(): Seat | undefined {
    let least: Seat | undefined;
    for (const seat of this.#seats) {
      if (seat.isReady && (least === undefined || seat.open < least.open)) least = seat;
    }
    return least;
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    // Whatever else this turn of the event loop brings goes along.
    setImmediate(() => {
      this.#isFlushing = false;
      for (const seat of this.#seats) seat.flush(this.#often);
    });
  }

  #said(seat: Seat, message: FromThread): void {
    if (message.kind === "ready") seat.isReady = true;
    else if (message.kind === "need") {
      seat.give(message.state, unpacked(keysCodec, message.keys).map(bytesToBinary));
    } else if (message.kind === "often") {
      this.#often = unpacked(keysCodec, message.keys).map(bytesToBinary);
    } else {
      this.#futileEnds = 0;
      for (const signature of message.signatures) this.#options.remember(signature);
      for (const {id, verdict} of unpacked(answersCodec, message.answers)) {
        this.#inVain = verdict.type === "NotHere" ? this.#inVain + 1 : 0;
        seat.answer(id, verdict);
      }
      seat.batchEnded();
      seat.flush(this.#often);
      seat.endFormer();
    }
  }

  #gone(seat: Seat, reason: string): void {
    if (!this.#seats.delete(seat)) return;
    this.#futileEnds++;
    this.#options.logger.log("warn", "txpool", "a thread that validates transactions ended", {
      reason,
      asked: seat.open,
    });
    seat.abandon();
  }
}

function toldBy(verdict: Verdict): Result<TransactionValidityAnswer, GivenUpCall> | undefined {
  if (verdict.type === "NotHere") return undefined;
  if (verdict.type === "Judged") return ok(verdict.value);
  return err({code: "given-up", name: VALIDATE_TRANSACTION, milliseconds: verdict.value});
}

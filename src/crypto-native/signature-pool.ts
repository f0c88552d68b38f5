import {BoundedQueue, err, type Logger, ok, type Result} from "#base";
import {isPackable, packRequests, type SignatureRequest} from "./signature-batch.ts";
import {SignatureWorkerThread} from "./signature-worker-thread.ts";

export interface SignaturePoolOptions {
  /** Threads; verification gains nothing beyond the number of cores. */
  readonly workers: number;
  /** Signatures that may wait; further ones are refused. */
  readonly queueLimit?: number;
}

export type SignaturePoolFailure =
  | {code: "signature-queue-full"; limit: number}
  | {code: "signature-pool-stopped"}
  /** Threads ended under this request twice, or cannot be started any more. */
  | {code: "signature-worker-lost"};

/** Some half a second of two workers: what would wait longer is better refused. */
const DEFAULT_QUEUE_LIMIT = 16_384;

/** A round trip to a worker costs two verifications of a batch, which 32 requests hide; beyond 512 little but latency grows. */
const MIN_BATCH = 32;
const MAX_BATCH = 512;

/** Batches with one worker: the next is at hand when the first is done, also while this thread is busy for a while. */
const BATCHES_IN_FLIGHT = 4;
/**
 * So many that wait are one batch, handed out at once: whoever asks for them may keep this thread for the rest of a block. One worker
 * then has a core to itself; two would have half a batch each, of which each signature takes longer.
 */
const EAGER = 128;

/** Times that a request is put to a worker. More than once is for accidents, not for what kills workers. */
const MAX_ATTEMPTS = 2;

/** Threads lost without one answer in between, after which no more are started. */
const MAX_FUTILE_STARTS = 3;

type Answer = Result<boolean, SignaturePoolFailure>;

interface Job {
  readonly request: SignatureRequest;
  readonly settle: (answer: Answer) => void;
  attempts: number;
}

interface Seat {
  readonly thread: SignatureWorkerThread;
  /** Batches handed over, in the order in which the answers will come. */
  readonly inFlight: Job[][];
  ready: boolean;
}

/**
 * Verifies signatures on worker threads, in batches gathered over a turn of the event loop. Survives the death of
 * a thread: another takes its place, and what the dead one held is asked once more.
 */
export class SignaturePool {
  readonly #options: Required<SignaturePoolOptions>;
  readonly #logger: Logger;
  readonly #queue: BoundedQueue<Job>;
  readonly #seats = new Set<Seat>();
  #retries: Job[] = [];
  #state: "new" | "running" | "stopped" = "new";
  #dispatchScheduled = false;
  #futileStarts = 0;
  #settled: (() => void)[] = [];

  constructor(options: SignaturePoolOptions, dependencies: {logger: Logger}) {
    this.#options = {queueLimit: DEFAULT_QUEUE_LIMIT, ...options};
    this.#logger = dependencies.logger;
    this.#queue = new BoundedQueue(this.#options.queueLimit);
  }

  /** Resolves when the workers are warm. Requests are taken, and wait, from the call on. */
  async start(): Promise<void> {
    if (this.#state !== "new") return;
    this.#state = "running";
    for (let i = 0; i < this.#options.workers; i++) this.#seat();
    await new Promise<void>(resolve => {
      this.#settled.push(resolve);
      this.#reportSettled();
    });
  }

  verify(request: SignatureRequest): Promise<Answer> {
    if (!isPackable(request)) return Promise.resolve(ok(false));
    const refusal = this.#refusal(1);
    if (refusal !== undefined) return Promise.resolve(err(refusal));
    return new Promise(settle => this.#enqueue(request, settle));
  }

  /**
   * One answer for each request, or none: a batch that does not fit into the queue is refused as a whole. `isLast`: handed to the
   * threads now, with what waits already, since whoever asks is about to keep this one.
   */
  verifyBatch(
    requests: readonly SignatureRequest[],
    {isLast = false}: {readonly isLast?: boolean} = {},
  ): Promise<Result<readonly boolean[], SignaturePoolFailure>> {
    const refusal = this.#refusal(requests.length);
    if (refusal !== undefined) return Promise.resolve(err(refusal));
    const answers: boolean[] = new Array(requests.length).fill(false);
    let open = requests.length;
    let failed: (Answer & {ok: false}) | undefined;
    return new Promise(resolve => {
      const settle = (index: number, answer: Answer): void => {
        if (answer.ok) answers[index] = answer.value;
        else failed ??= answer;
        if (--open === 0) resolve(failed ?? ok(answers));
      };
      if (open === 0) resolve(ok(answers));
      for (const [index, request] of requests.entries()) {
        if (isPackable(request)) this.#enqueue(request, answer => settle(index, answer));
        else settle(index, ok(false));
      }
      if (isLast) this.#dispatch();
    });
  }

  /** Ends the threads; whatever still waits is told so. */
  async stop(): Promise<void> {
    this.#state = "stopped";
    const seats = [...this.#seats];
    this.#seats.clear();
    for (const seat of seats) this.#retries.push(...seat.inFlight.flat());
    this.#abandonWaiting({code: "signature-pool-stopped"});
    this.#reportSettled();
    await Promise.all(seats.map(seat => seat.thread.terminate()));
  }

  #refusal(count: number): SignaturePoolFailure | undefined {
    if (this.#state !== "running") return {code: "signature-pool-stopped"};
    if (this.#isExhausted()) return {code: "signature-worker-lost"};
    const limit = this.#options.queueLimit;
    if (this.#queue.length + count > limit) return {code: "signature-queue-full", limit};
    return undefined;
  }

  /** No thread is left and none will be started again. */
  #isExhausted(): boolean {
    return this.#state === "running" && this.#seats.size === 0;
  }

  #enqueue(request: SignatureRequest, settle: Job["settle"]): void {
    this.#queue.push({request, settle, attempts: 0});
    if (this.#queue.length >= EAGER) this.#dispatch(EAGER);
    if (this.#dispatchScheduled) return;
    this.#dispatchScheduled = true;
    // Whatever else this turn of the event loop brings goes into the same batches.
    setImmediate(() => {
      this.#dispatchScheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(size = this.#batchSize()): void {
    for (let depth = 0; depth < BATCHES_IN_FLIGHT; depth++) {
      for (const seat of this.#seats) {
        if (!seat.ready || seat.inFlight.length > depth) continue;
        const batch = this.#nextBatch(size);
        if (batch.length === 0) return;
        seat.inFlight.push(batch);
        seat.thread.holdProcess(true);
        seat.thread.ask(packRequests(batch.map(job => job.request)));
      }
    }
  }

  /** Equal shares of what waits, since the larger a batch, the less of its time does each signature take. */
  #batchSize(): number {
    const waiting = this.#retries.length + this.#queue.length;
    const share = Math.ceil(waiting / this.#options.workers);
    return Math.min(MAX_BATCH, Math.max(MIN_BATCH, share));
  }

  #nextBatch(size: number): Job[] {
    const batch = this.#retries.splice(0, size);
    while (batch.length < size) {
      const job = this.#queue.shift();
      if (job === undefined) break;
      batch.push(job);
    }
    for (const job of batch) job.attempts++;
    return batch;
  }

  #seat(): void {
    const seat: Seat = {
      thread: new SignatureWorkerThread({
        ready: () => {
          seat.ready = true;
          seat.thread.holdProcess(false);
          this.#reportSettled();
          this.#dispatch();
        },
        answered: answers => this.#answer(seat, answers),
        gone: reason => this.#replace(seat, reason),
      }),
      inFlight: [],
      ready: false,
    };
    this.#seats.add(seat);
  }

  #answer(seat: Seat, answers: Uint8Array): void {
    this.#futileStarts = 0;
    const batch = seat.inFlight.shift() ?? [];
    batch.forEach((job, index) => {
      job.settle(ok(answers[index] === 1));
    });
    this.#dispatch();
    if (seat.inFlight.length === 0) seat.thread.holdProcess(false);
  }

  #replace(seat: Seat, reason: string): void {
    if (!this.#seats.delete(seat)) return;
    const lost = seat.inFlight.flat();
    this.#futileStarts++;
    this.#logger.log("warn", "signatures", "a verification thread ended", {
      reason,
      asked: lost.length,
    });
    for (const job of lost) {
      if (job.attempts < MAX_ATTEMPTS) this.#retries.push(job);
      else job.settle(err({code: "signature-worker-lost"}));
    }
    if (this.#futileStarts < MAX_FUTILE_STARTS) this.#seat();
    if (this.#isExhausted()) {
      this.#logger.log("error", "signatures", "verification threads keep ending; none are left");
      this.#abandonWaiting({code: "signature-worker-lost"});
    }
    this.#reportSettled();
    this.#dispatch();
  }

  #abandonWaiting(failure: SignaturePoolFailure): void {
    const waiting = this.#retries;
    this.#retries = [];
    for (let job = this.#queue.shift(); job !== undefined; job = this.#queue.shift()) {
      waiting.push(job);
    }
    for (const job of waiting) job.settle(err(failure));
  }

  /** Lets `start` return once no thread is still on its way. */
  #reportSettled(): void {
    for (const seat of this.#seats) if (!seat.ready) return;
    for (const resolve of this.#settled.splice(0)) resolve();
  }
}

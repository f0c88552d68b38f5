import {type Clock, type Logger, millis} from "#base";
import type {SyncProgress, SyncStage} from "#sync";
import {Alarm} from "../time/alarm.ts";

/** Between two lines. */
const EVERY = 5_000;
/** A line that says the same as the last one is not said again before this. */
const REPEAT = 30_000;

/** Says in words how catching up goes, as long as it does. */
export class ProgressLog {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #progress: () => {mode: string; progress: SyncProgress} | undefined;
  readonly #alarm: Alarm;
  #isSet = false;
  #isStopped = false;
  #stage: SyncStage | undefined;
  #last = "";
  #lastAt = Number.NEGATIVE_INFINITY;

  /** `progress`: undefined while there is nothing to say. */
  constructor(
    clock: Clock,
    logger: Logger,
    progress: () => {mode: string; progress: SyncProgress} | undefined,
  ) {
    this.#clock = clock;
    this.#logger = logger;
    this.#progress = progress;
    this.#alarm = new Alarm(clock, () => {
      this.#isSet = false;
      this.#say();
      this.wake();
    });
  }

  /** Something happened: begins to talk where there is something to say, of another stage than full sync's at once. */
  wake(): void {
    if (this.#isStopped) return;
    const told = this.#progress();
    if (told === undefined) return;
    const {stage} = told.progress;
    if (told.mode !== "full" && stage !== this.#stage) {
      this.#stage = stage;
      this.#say();
    }
    if (this.#isSet) return;
    this.#isSet = true;
    this.#alarm.set(millis(this.#clock.now() + EVERY));
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.stop();
  }

  #say(): void {
    const now = this.#clock.now();
    const told = this.#progress();
    if (told === undefined) return;
    const line = describeProgress(told.mode, told.progress);
    if (line === this.#last && now < this.#lastAt + REPEAT) return;
    this.#last = line;
    this.#lastAt = now;
    this.#logger.log("info", "sync", line);
  }
}

/** `full: block 1200 of 5000, 340.5 blocks/s, 11 s left`; `warp: state 34 %, 12.0 MiB, 3.1 MiB/s`. */
export function describeProgress(mode: string, progress: SyncProgress): string {
  const {stage, best, target, rate, eta, waitingFor, detail} = progress;
  const parts = [detail ?? `block ${best} of ${target}`];
  if (detail === undefined && rate !== undefined) parts.push(`${rate.toFixed(1)} blocks/s`);
  if (eta !== undefined) parts.push(`${Math.ceil(eta)} s left`);
  if (waitingFor !== undefined) parts.push(`waits for ${waitingFor}`);
  return `${mode}: ${stage.replaceAll("-", " ")}: ${parts.join(", ")}`;
}

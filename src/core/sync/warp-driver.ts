import {type Clock, err, type Logger, ok, type Result} from "#base";
import type {CryptoSuite} from "#crypto";
import type {PeerId, RequestClient} from "#network";
import {
  type Leap,
  type SyncOffence,
  type WarpAction,
  type WarpAnswer,
  type WarpStart,
  WarpSync,
  type WarpWanted,
} from "#sync";
import {Alarm} from "../time/alarm.ts";
import {readBlocks} from "./read-blocks.ts";

export interface WarpDependencies {
  readonly requests: Pick<RequestClient, "blocks" | "state" | "warp">;
  readonly crypto: Pick<CryptoSuite, "hashing" | "signatures">;
  readonly clock: Clock;
  readonly logger: Logger;
  report(peer: PeerId, offence: SyncOffence, facts: string): void;
  /** Something happened. */
  onStep(): void;
  /** The end of it: a block to go on from, or why there is none. */
  onEnd(end: Result<Leap, string>): void;
}

/** Drives `WarpSync` over a network, until its end. */
export class WarpDriver {
  readonly #deps: WarpDependencies;
  readonly #sync: WarpSync;
  readonly #alarm: Alarm;
  readonly #abort = new AbortController();

  constructor(start: WarpStart, dependencies: WarpDependencies) {
    this.#deps = dependencies;
    this.#sync = new WarpSync(start, dependencies.crypto);
    this.#alarm = new Alarm(dependencies.clock, () => this.step((sync, now) => sync.tick(now)));
  }

  get sync(): WarpSync {
    return this.#sync;
  }

  stop(): void {
    this.#abort.abort(new Error("stopping"));
    this.#alarm.stop();
  }

  step(input: (sync: WarpSync, now: ReturnType<Clock["now"]>) => void): void {
    if (this.#abort.signal.aborted) return;
    const {clock} = this.#deps;
    input(this.#sync, clock.now());
    for (const action of this.#sync.drain()) this.#perform(action);
    if (this.#abort.signal.aborted) return;
    this.#alarm.set(this.#sync.wakeAt(clock.now()));
    this.#deps.onStep();
  }

  #perform(action: WarpAction): void {
    switch (action.kind) {
      case "request":
        this.#ask(action.peer, action.wanted).then(answer =>
          this.step((sync, now) => sync.answered(action.id, answer, now)),
        );
        return;
      case "report":
        this.#deps.report(action.peer, action.offence, action.facts);
        return;
      case "leap":
        this.stop();
        this.#deps.onEnd(ok(action.leap));
        return;
      case "give-up":
        this.stop();
        this.#deps.onEnd(err(action.reason));
    }
  }

  async #ask(peer: PeerId, wanted: WarpWanted): Promise<Result<WarpAnswer, string>> {
    const {requests} = this.#deps;
    const {signal} = this.#abort;
    switch (wanted.kind) {
      case "proof": {
        const answer = await requests.warp(peer, wanted.from, signal);
        return answer.ok ? ok({kind: "proof", proof: answer.value}) : err(answer.error.code);
      }
      case "block": {
        const from = {hash: wanted.hash};
        const one = {direction: "descending", max: 1, body: true, justification: false} as const;
        const answer = await readBlocks(requests, peer, {from, ...one}, signal);
        return answer.ok ? ok({kind: "block", blocks: answer.value}) : answer;
      }
      case "state": {
        const {block, start} = wanted;
        const answer = await requests.state(peer, {block, start, noProof: false}, signal);
        return answer.ok ? ok({kind: "state", proof: answer.value.proof}) : err(answer.error.code);
      }
    }
  }
}

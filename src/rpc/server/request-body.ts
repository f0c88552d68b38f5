import type {IncomingMessage} from "node:http";
import type {Budget, Holding} from "../budgets/index.ts";
import type {Turn} from "../dispatch/turn.ts";
import type {Arrivals} from "./arrivals.ts";
import {deferred} from "./deferred.ts";
import {GrowingBuffer} from "./growing-buffer.ts";

/** Pieces taken from one connection before others have their turn: each costs a microsecond, however small. */
const PIECES_IN_A_TURN = 2_048;

export type Body =
  /** `held` is the receiver's, to be released. */
  | {readonly bytes: Buffer; readonly held: Holding}
  /** `busy`: all requests together are as much as they may be. */
  | {readonly refused: "too-big" | "too-slow" | "busy"};

export interface BodyOptions {
  /** In bytes. */
  readonly limit: number;
  readonly budget: Budget;
  readonly arrivals: Arrivals;
  readonly turn: Turn;
}

/** The body. Rejects when the client goes away. */
export function readBody(
  request: IncomingMessage,
  {limit, budget, arrivals, turn}: BodyOptions,
): Promise<Body> {
  const told = Number(request.headers["content-length"] ?? limit);
  if (told > limit) return Promise.resolve({refused: "too-big"});
  const {promise, resolve, reject} = deferred<Body>();
  const held = budget.open(() => settle({refused: "busy"}));
  const body = new GrowingBuffer(held);
  const arrival = arrivals.begin({
    onTooSlow: () => settle({refused: "too-slow"}),
    isHeldUp: () => request.isPaused(),
  });
  let isOver = false;
  let pieces = 0;
  const settle = (outcome: Body) => {
    if (isOver) return;
    isOver = true;
    arrival.end();
    if ("refused" in outcome) {
      held.release();
      request.pause();
    } else {
      held.settle();
    }
    resolve(outcome);
  };
  const breakOff = (error: unknown) => {
    if (isOver) return;
    isOver = true;
    arrival.end();
    held.release();
    reject(error);
  };
  request.on("data", (chunk: Buffer) => {
    if (isOver) return;
    arrival.add(chunk.length);
    if (body.length + chunk.length > limit) return settle({refused: "too-big"});
    if (!body.makeRoom(chunk.length, told)) return settle({refused: "busy"});
    chunk.copy(body.extend(chunk.length));
    if (++pieces % PIECES_IN_A_TURN !== 0) return;
    request.pause();
    void turn.next().then(() => {
      if (!isOver) request.resume();
    });
  });
  request.on("end", () => settle({bytes: body.contents(), held}));
  request.on("error", breakOff);
  request.on("close", () => breakOff(new Error("the client went away")));
  return promise;
}

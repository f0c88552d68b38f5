import type {IncomingMessage} from "node:http";
import type {Budget, Holding} from "../budgets/index.ts";
import type {Arrivals} from "./arrivals.ts";
import {deferred} from "./deferred.ts";
import {GrowingBuffer} from "./growing-buffer.ts";

/**
 * Chunks of a body, beyond which they have to bring so many bytes each: node makes an object of every one, hundreds of
 * bytes and a microsecond for a chunk of one byte, and cannot be told to stop in the middle of what it has read.
 */
const FREE_PIECES = 4_096;
const LEAST_PER_PIECE = 64;

export type Body =
  /** `held` is the receiver's, to be released. */
  | {readonly bytes: Buffer; readonly held: Holding}
  /** `busy`: all requests together are as much as they may be. */
  | {readonly refused: "too-big" | "too-slow" | "too-small-pieces" | "busy"};

export interface BodyOptions {
  /** In bytes. */
  readonly limit: number;
  readonly budget: Budget;
  readonly arrivals: Arrivals;
}

/** The body. Rejects when the client goes away. */
export function readBody(
  request: IncomingMessage,
  {limit, budget, arrivals}: BodyOptions,
): Promise<Body> {
  const told = Number(request.headers["content-length"] ?? limit);
  if (told > limit) return Promise.resolve({refused: "too-big"});
  const {promise, resolve, reject} = deferred<Body>();
  const held = budget.open(() => settle({refused: "busy"}));
  const body = new GrowingBuffer(held);
  const arrival = arrivals.begin({
    onTooSlow: () => settle({refused: "too-slow"}),
    isHeldUp: () => false,
  });
  let isOver = false;
  let pieces = 0;
  const settle = (outcome: Body) => {
    if (isOver) return;
    isOver = true;
    arrival.end();
    if ("refused" in outcome) {
      held.release();
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
    if (++pieces > FREE_PIECES && body.length < pieces * LEAST_PER_PIECE) {
      settle({refused: "too-small-pieces"});
    }
  });
  request.on("end", () => settle({bytes: body.contents(), held}));
  request.on("error", breakOff);
  request.on("close", () => breakOff(new Error("the client went away")));
  return promise;
}

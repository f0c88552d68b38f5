import type {Budget, Holding} from "../budgets/index.ts";
import type {Arrival, Arrivals} from "./arrivals.ts";
import {
  type FrameHead,
  headOfWhole,
  isControl,
  MOST_HEAD,
  OPCODE,
  readHead,
  unmask,
} from "./frame-head.ts";
import {GrowingBuffer} from "./growing-buffer.ts";

export interface IntakeOptions {
  /** Bytes of one message. */
  readonly maxBytes: number;
  readonly budget: Budget;
  readonly arrivals: Arrivals;
  /** Hands on what the protocol's implementation is to read: whole frames. */
  readonly forward: (bytes: Buffer) => void;
  /** A message is not taken; the rest of it goes by unkept. `busy`: all requests together are as much as they may be. */
  readonly onRefused: (why: "too-big" | "busy") => void;
  readonly onTooSlow: () => void;
  /** Whether it is we who do not read on. */
  readonly isHeldUp: () => boolean;
}

/** A message that comes in several pieces. */
interface Incoming {
  readonly opcode: number;
  readonly arrival: Arrival;
  readonly held: Holding;
  /** Undefined when it is refused. */
  body: GrowingBuffer | undefined;
}

/** A frame whose payload has begun. */
interface OpenFrame {
  readonly head: FrameHead;
  left: number;
}

/**
 * What comes in over a WebSocket, before the `ws` package sees it. That keeps each frame and each piece of one as an object
 * of its own, several hundred bytes for a byte, and closes a connection over a message that is too long. Here the pieces
 * of a message are put together in one buffer, which counts against the budget of all requests; `ws` is given the whole as
 * one frame. A message that is refused goes by unkept. Frames that break the protocol are left to `ws` to judge.
 */
export class MessageIntake {
  readonly #options: IntakeOptions;
  /** A head that is not all there. */
  readonly #partial = Buffer.alloc(MOST_HEAD);
  #partialLength = 0;
  #frame: OpenFrame | undefined;
  #message: Incoming | undefined;
  /** A control frame that is not all there, its head first. */
  #control: Buffer | undefined;
  #handedOver: Holding | undefined;
  #isOver = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Of the message being forwarded at the moment, where it was held; it is the taker's to release. */
  takeHolding(): Holding | undefined {
    const held = this.#handedOver;
    this.#handedOver = undefined;
    return held;
  }

  /** Nothing that comes from here on is of interest. */
  close(): void {
    this.#isOver = true;
    this.#message?.arrival.end();
    this.#message?.held.release();
    this.#message = undefined;
  }

  take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.#isOver) {
      if (this.#frame !== undefined) at += this.#takePayload(this.#frame, chunk, at);
      else if (this.#partialLength > 0) at += this.#completeHead(chunk, at);
      else at = this.#takeWholeFrames(chunk, at);
    }
  }

  /** Frames that are all there go on as they are; answers up to where the chunk is dealt with. */
  #takeWholeFrames(chunk: Buffer, start: number): number {
    let at = start;
    for (;;) {
      const head = readHead(chunk, at);
      const isWhole = typeof head === "object" && this.#isWhole(head, chunk.length - at);
      if (!isWhole) {
        if (at > start) this.#options.forward(chunk.subarray(start, at));
        return this.#isOver ? at : this.#takeOther(head, chunk, at);
      }
      at += head.headLength + head.payloadLength;
      if (head.opcode === OPCODE.close) {
        this.#options.forward(chunk.subarray(start, at));
        this.close();
        return at;
      }
    }
  }

  #isWhole({opcode, isFinal, headLength, payloadLength}: FrameHead, there: number): boolean {
    if (headLength + payloadLength > there) return false;
    if (isControl(opcode)) return true;
    const isMessage = isFinal && opcode !== OPCODE.continuation && this.#message === undefined;
    return isMessage && payloadLength <= this.#options.maxBytes;
  }

  #takeOther(head: ReturnType<typeof readHead>, chunk: Buffer, at: number): number {
    if (head === "invalid") {
      this.#giveUp(chunk.subarray(at));
      return chunk.length;
    }
    if (head === "short") {
      this.#partialLength = chunk.copy(this.#partial, 0, at);
      return chunk.length;
    }
    this.#begin(head, chunk.subarray(at, at + head.headLength));
    return at + head.headLength;
  }

  /** Answers how many bytes of the chunk belonged to the head. */
  #completeHead(chunk: Buffer, at: number): number {
    const before = this.#partialLength;
    const length = before + chunk.copy(this.#partial, before, at);
    const known = this.#partial.subarray(0, length);
    const head = readHead(known, 0);
    if (head === "short") {
      this.#partialLength = length;
      return length - before;
    }
    this.#partialLength = 0;
    if (head === "invalid") {
      this.#giveUp(Buffer.from(known));
      return length - before;
    }
    this.#begin(head, known.subarray(0, head.headLength));
    return head.headLength - before;
  }

  #begin(head: FrameHead, bytes: Buffer): void {
    const {opcode, payloadLength} = head;
    if (isControl(opcode)) {
      this.#control = Buffer.from(bytes);
    } else if ((opcode === OPCODE.continuation) !== (this.#message !== undefined)) {
      // A continuation of nothing, to `ws` as well.
      this.#giveUp(headOfWhole(OPCODE.continuation, 0));
      return;
    } else {
      this.#message ??= this.#open(opcode);
      const {body} = this.#message;
      const {maxBytes} = this.#options;
      if (body !== undefined && body.length + payloadLength > maxBytes) {
        this.#refuse(this.#message, "too-big");
      }
    }
    this.#frame = {head, left: payloadLength};
    if (payloadLength === 0) this.#endFrame(head);
  }

  #open(opcode: number): Incoming {
    const {budget, arrivals, onTooSlow, isHeldUp} = this.#options;
    const held = budget.open(() => this.#refuse(message, "busy"));
    const message: Incoming = {
      opcode,
      held,
      body: new GrowingBuffer(held),
      arrival: arrivals.begin({onTooSlow, isHeldUp}),
    };
    return message;
  }

  #refuse(message: Incoming, why: "too-big" | "busy"): void {
    message.body = undefined;
    message.held.release();
    this.#options.onRefused(why);
  }

  /** Answers how many bytes of the chunk belonged to the frame. */
  #takePayload(frame: OpenFrame, chunk: Buffer, at: number): number {
    const {head} = frame;
    const piece = chunk.subarray(at, at + frame.left);
    const message = this.#message;
    if (this.#control !== undefined) {
      this.#control = Buffer.concat([this.#control, piece]);
    } else if (message !== undefined) {
      message.arrival.add(piece.length);
      this.#keep(message, frame, piece);
    }
    frame.left -= piece.length;
    if (frame.left === 0) this.#endFrame(head);
    return piece.length;
  }

  #keep(message: Incoming, {head, left}: OpenFrame, piece: Buffer): void {
    const {body} = message;
    if (body === undefined) return;
    // How long it will be is known in its last frame only.
    const expected = head.isFinal ? body.length + left : this.#options.maxBytes;
    if (!body.makeRoom(piece.length, expected)) {
      this.#refuse(message, "busy");
      return;
    }
    unmask(piece, body.extend(piece.length), head.mask, head.payloadLength - left);
  }

  #endFrame({opcode, isFinal}: FrameHead): void {
    this.#frame = undefined;
    if (isControl(opcode)) {
      const frame = this.#control!;
      this.#control = undefined;
      this.#options.forward(frame);
      if (opcode === OPCODE.close) this.close();
      return;
    }
    const message = this.#message;
    if (!isFinal || message === undefined) return;
    this.#message = undefined;
    message.arrival.end();
    const {body} = message;
    if (body === undefined) return;
    message.held.settle();
    this.#options.forward(headOfWhole(message.opcode, body.length));
    this.#handedOver = message.held;
    this.#options.forward(body.contents());
    // Nobody took it: what it was part of is closing.
    this.takeHolding()?.release();
  }

  /** What breaks the protocol ends the connection, by `ws`, which says why. */
  #giveUp(bytes: Buffer): void {
    this.#options.forward(bytes);
    this.close();
  }
}

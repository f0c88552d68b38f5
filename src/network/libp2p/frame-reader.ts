import type {Stream} from "@libp2p/interface";
import {invariant} from "#base";
import {ChunkBuffer} from "./chunk-buffer.ts";

/** What a read came to: bytes, or why there are none. */
export type FrameRead =
  | {readonly code: "frame"; readonly bytes: Uint8Array}
  /** The peer closed its half at the border of a frame. */
  | {readonly code: "ended"}
  | {readonly code: "gone"}
  | {readonly code: "too-large"}
  | {readonly code: "malformed"};

/** Bytes of the longest length prefix that is looked at: 2^35 is beyond every limit. */
const MAX_PREFIX = 5;

/**
 * Reads a stream only as far as it is asked to. While nobody asks the stream is paused, which stops window updates,
 * and so the sender. Pausing has to happen in a microtask and not inside the `message` event: when the event comes
 * out of `resume`, that call would switch window updates on again behind our back (spec §4).
 */
export class FrameReader {
  readonly #stream: Stream;
  readonly #buffer = new ChunkBuffer();
  #end: "ended" | "gone" | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Stream) {
    this.#stream = stream;
    stream.addEventListener("message", ({data}) => {
      this.#buffer.push(data.subarray());
      if (this.#wake === undefined) queueMicrotask(() => this.#pause());
      else this.#wake();
    });
    stream.addEventListener("end", () => this.#ended(isBroken(stream) ? "gone" : "ended"));
    stream.addEventListener("close", ({error}) => {
      if (error !== undefined || isBroken(stream)) this.#ended("gone");
    });
    if (stream.readableEnded) this.#ended(isBroken(stream) ? "gone" : "ended");
  }

  #ended(end: "ended" | "gone"): void {
    this.#end = end === "gone" ? "gone" : (this.#end ?? "ended");
    this.#wake?.();
  }

  /** One frame: a length of at most `limit` and that many bytes. The limit holds before anything is buffered. */
  async frame(limit: number): Promise<FrameRead> {
    let length: number | undefined;
    for (;;) {
      if (this.#end === "gone") return {code: "gone"};
      if (length === undefined) {
        const prefix = this.#readPrefix();
        if (prefix === "malformed") return {code: "malformed"};
        length = prefix;
      }
      if (length !== undefined) {
        if (length > limit) return {code: "too-large"};
        if (this.#buffer.length >= length)
          return {code: "frame", bytes: this.#buffer.shift(length)};
      }
      if (this.#end === "ended") {
        const isWhole = length === undefined && this.#buffer.length === 0;
        return {code: isWhole ? "ended" : "malformed"};
      }
      await this.#more();
    }
  }

  /** Exactly so many bytes, without a length before them. */
  async take(count: number): Promise<FrameRead> {
    while (this.#buffer.length < count) {
      if (this.#end !== undefined) return {code: this.#end};
      await this.#more();
    }
    return {code: "frame", bytes: this.#buffer.shift(count)};
  }

  /** Takes a length off the front, once it is all there. */
  #readPrefix(): number | "malformed" | undefined {
    let value = 0;
    for (let i = 0; i < MAX_PREFIX; i++) {
      const byte = this.#buffer.peek(i);
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) {
        this.#buffer.shift(i + 1);
        return value;
      }
    }
    return "malformed";
  }

  /** Lets the stream deliver until something comes, then pauses it again. */
  async #more(): Promise<void> {
    invariant(this.#wake === undefined, "one reader at a time");
    await new Promise<void>(resolve => {
      this.#wake = resolve;
      this.#resume();
    });
    this.#wake = undefined;
    this.#pause();
  }

  #resume(): void {
    if (this.#stream.readStatus === "paused") this.#stream.resume();
  }

  #pause(): void {
    if (this.#stream.readStatus === "readable") this.#stream.pause();
  }
}

function isBroken(stream: Stream): boolean {
  return stream.status === "reset" || stream.status === "aborted";
}

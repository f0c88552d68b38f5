import type {Sink, Source} from "#codec";
import {expect} from "./misfit.ts";

/**
 * How deep values may lie in each other, types around types included. Substrate takes 256 calls in each other, each of
 * which is two or three types.
 */
const MAX_DEPTH = 1_024;

/** Values that may be read without a byte for them: of types that take none, and around others. */
const FREE_STEPS = 65_536;
const STEPS_PER_BYTE = 64;

/**
 * A reading of one value. Types are as untrusted as bytes: they may contain themselves without end, or say that
 * millions of values are in no bytes at all, so both depth and number are held to.
 */
export class Reading {
  readonly source: Source;
  #depth = 0;
  #steps: number;

  constructor(source: Source) {
    this.source = source;
    this.#steps = FREE_STEPS + source.remaining * STEPS_PER_BYTE;
  }

  enter(): void {
    if (++this.#depth > MAX_DEPTH)
      this.source.fail("too-deep", `nested more than ${MAX_DEPTH} deep`);
    this.step();
  }

  leave(): void {
    this.#depth--;
  }

  /** One more value. */
  step(): void {
    if (--this.#steps < 0) this.source.fail("too-long", "more values than the bytes account for");
  }
}

/** A writing of one value; what contains itself ends as well. */
export class Writing {
  readonly sink: Sink;
  #depth = 0;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  enter(): void {
    if (++this.#depth > MAX_DEPTH) expect(`values nested at most ${MAX_DEPTH} deep`);
  }

  leave(): void {
    this.#depth--;
  }
}

/** One type's way to read and write. `write` throws `MisfitError`. */
export interface ValueNode {
  read(reading: Reading): unknown;
  write(writing: Writing, value: unknown): void;
}

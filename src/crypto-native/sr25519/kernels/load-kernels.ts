import {i32x4, ModuleWriter} from "#wasm";

/** What the module of `writeKernels` exports. Numbers are addresses in its memory unless said. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  state(): number;
  block(): number;
  digits(): number;
  marks(): number;
  terms(): number;
  places(): number;
  pairs(): number;
  points(): number;
  multiply(out: number, a: number, b: number): void;
  square(out: number, a: number): void;
  squareDoublingSecond(out: number, a: number): void;
  /** Squares `count` times, at least once. */
  squareTimes(out: number, a: number, count: number): void;
  prepare(out: number, point: number): void;
  add(out: number, point: number, prepared: number): void;
  subtract(out: number, point: number, prepared: number): void;
  double(out: number, point: number): void;
  copy(out: number, point: number): void;
  negate(out: number, point: number): void;
  /** `rows` and `count` are numbers of digits. */
  addMultiples(digits: number, rows: number, count: number, places: number, sum: number): void;
  fillBuckets(
    digits: number,
    /** A number of digits. */
    count: number,
    points: number,
    prepared: number,
    buckets: number,
    used: number,
  ): void;
  /** A block into the state, which is then permuted; the block is zeros after that. */
  absorb(state: number, block: number): void;
}

/** Whether this host computes with vectors. */
export function hasVectors(): boolean {
  const module = new ModuleWriter();
  module.define([], "v128", () => i32x4.const(0, 0, 0, 0));
  return WebAssembly.validate(new Uint8Array(module.finish()));
}

export function loadKernels(module: WebAssembly.Module): Kernels {
  return new WebAssembly.Instance(module, {}).exports as unknown as Kernels;
}

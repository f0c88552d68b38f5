import {i32, ModuleWriter, whileTrue} from "#wasm";
import {fillBuckets} from "./buckets.ts";
import {BLOCK, keccak} from "./keccak.ts";
import {addMultiples} from "./multiples.ts";
import {pairBytes} from "./pair-bytes.ts";
import {PAIR, POINT} from "./pair-layout.ts";
import {pointKernels} from "./points.ts";
import {scalarField} from "./scalar-field.ts";
import {vectorField} from "./vector-field.ts";

export type KernelForm = "vector" | "scalar";

/** Bytes of Keccak's state. */
export const KECCAK_STATE = 200;

/** Pairs that whoever calls may use as variables. */
export const FREE_PAIRS = 16;

/** Points beside each other in memory, three quarters of a megabyte: each batch's, their multiples, and the sums of Pippenger's buckets. */
export const FREE_POINTS = 4_832;

/** Of Pippenger's sums: the digits of one power, and marks of buckets. */
export const FREE_DIGITS = 1_024;
const FREE_MARKS = 512;

/** Of Straus's sums: terms, with 256 digits and the address of a table each. */
export const FREE_TERMS = 128;
const DIGITS_OF_TERM = 256;

/** Vectors are read fastest where none lies across two lines of the cache. */
const VECTOR_BYTES = 16;

/** -121665/121666 (RFC 8032 §5.1). */
export const EDWARDS_D =
  37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/**
 * The module's bytes, 10 ms of work. It exports the kernels and, as functions without parameters that give addresses, where
 * memory is free for what they work on (`places` below).
 */
export function writeKernels(form: KernelForm): Uint8Array<ArrayBuffer> {
  const module = new ModuleWriter({alignment: VECTOR_BYTES});
  const preparation = module.data(pairBytes(2n * EDWARDS_D, 2n));
  const field = form === "vector" ? vectorField(module) : scalarField(module);
  const points = pointKernels(module, field, preparation);
  const squareTimes = module.define(["i32", "i32", "i32"], undefined, frame => {
    const [out, a, count] = frame.params;
    const left = frame.local("i32");
    return [
      ...field.square.call(out.get, a.get),
      ...left.set(i32.sub(count.get, i32.const(1))),
      ...whileTrue(left.get, [
        ...field.square.call(out.get, out.get),
        ...left.set(i32.sub(left.get, i32.const(1))),
      ]),
    ];
  });
  const places = {
    state: module.reserve(KECCAK_STATE),
    block: module.reserve(BLOCK),
    digits: module.reserve(2 * FREE_DIGITS),
    marks: module.reserve(FREE_MARKS),
    terms: module.reserve(DIGITS_OF_TERM * FREE_TERMS),
    places: module.reserve(4 * FREE_TERMS),
    pairs: module.reserve(FREE_PAIRS * PAIR),
    points: module.reserve(FREE_POINTS * POINT),
  };
  for (const [name, address] of Object.entries(places)) {
    module.exportFunction(
      name,
      module.define([], "i32", () => i32.const(address)),
    );
  }
  const {multiply, square, squareDoublingSecond} = field;
  const arithmetic = {multiply, square, squareDoublingSecond, squareTimes};
  const kernels = {
    ...points,
    fillBuckets: fillBuckets(module, points),
    addMultiples: addMultiples(module, points),
    ...arithmetic,
    absorb: keccak(module),
  };
  for (const [name, kernel] of Object.entries(kernels)) module.exportFunction(name, kernel);
  return new Uint8Array(module.finish());
}

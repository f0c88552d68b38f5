import type {RandomBytes, SignedMessage} from "#crypto";
import {BatchPoints} from "./batch-points.ts";
import {Curve} from "./curve.ts";
import {GROUP_ORDER, littleEndian, SCALAR_BITS, wordsOf} from "./group-order.ts";
import {HALF_BITS, halfSize} from "./half-size.ts";
import type {Kernels} from "./kernels/load-kernels.ts";
import {POINT} from "./kernels/pair-layout.ts";
import {FREE_DIGITS} from "./kernels/write-module.ts";
import {BUCKETS, pippengerSum, type Row} from "./pippenger.ts";
import {RistrettoDecoder} from "./ristretto.ts";
import {SigningTranscript} from "./signing-transcript.ts";
import {multiplesFor, strausSum, type Term, writeMultiples} from "./straus.ts";

/** Signatures in one equation; more are cut into several. Beyond, little is gained, and memory is kept for each. */
export const MOST_TOGETHER = FREE_DIGITS;

/** Up to so many, Straus's way is the quicker one (measured: both take 34 µs for each of 63). */
const MOST_FOR_STRAUS = 48;

/** Bits of a coefficient: a batch with a bad signature passes with a chance of 2^-128. */
const COEFFICIENT_BITS = 128;
const COEFFICIENT = COEFFICIENT_BITS / 8;

/** Widths of the forms of numbers: the base point's multiples are made once for all. */
const WIDTH = 5;
const COEFFICIENT_WIDTH = 4;
const BASE_WIDTH = 8;
const HALF_WIDTH = 4;
const MULTIPLES = multiplesFor(WIDTH);
const COEFFICIENT_MULTIPLES = multiplesFor(COEFFICIENT_WIDTH);
const BASE_MULTIPLES = multiplesFor(BASE_WIDTH);
const HALF_MULTIPLES = multiplesFor(HALF_WIDTH);

/** The generator of ristretto255, encoded (RFC 9496 §4). */
const BASE_POINT = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

const POINT_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** schnorrkel's mark: the highest bit of s, so that no ed25519 signature can pass for one. */
const MARK = 0x80;

/** What the equation takes of a signature: s, and the challenge k with its 512 bits. */
interface Equation {
  readonly s: bigint;
  readonly k: bigint;
}

/** In a batch, where keys stand once each. */
interface BatchEquation extends Equation {
  /** The place of its key among them. */
  readonly key: number;
}

/**
 * Verifies as schnorrkel does, in the context `substrate`: s B = k A + R, one signature alone or a sum of many with
 * random coefficients. Not to be shared by threads.
 */
export class Sr25519Verifier {
  readonly #curve: Curve;
  readonly #decoder: RistrettoDecoder;
  readonly #batchPoints: BatchPoints;
  readonly #transcript: SigningTranscript;
  readonly #randomBytes: RandomBytes;
  readonly #baseMultiples: number;
  /** Of the base point times 2 to the power of `HALF_BITS`. */
  readonly #highBaseMultiples: number;
  readonly #base: number;
  readonly #preparedBase: number;
  /** Of a batch: each A once, then R of each signature. */
  readonly #points: number;
  readonly #prepared: number;
  /** Multiples for Straus, or buckets for Pippenger. */
  readonly #work: number;
  readonly #sum: number;
  readonly #scratch: number;

  /** `randomBytes`: the system's, outside of tests; asked for a batch's coefficients when the batch stands. */
  constructor(kernels: Kernels, randomBytes: RandomBytes) {
    const curve = new Curve(kernels);
    this.#curve = curve;
    this.#decoder = new RistrettoDecoder(curve);
    this.#transcript = new SigningTranscript(curve);
    this.#randomBytes = randomBytes;
    this.#sum = curve.takePoints(1);
    this.#scratch = curve.takePoints(2);
    this.#base = curve.takePoints(1);
    this.#baseMultiples = curve.takePoints(BASE_MULTIPLES);
    this.#highBaseMultiples = curve.takePoints(BASE_MULTIPLES);
    this.#preparedBase = curve.takePoints(1);
    this.#points = curve.takePoints(2 * MOST_TOGETHER);
    const rows = {keys: this.#points, commitments: this.#points + POINT * MOST_TOGETHER};
    this.#batchPoints = new BatchPoints(curve, this.#decoder, rows);
    this.#prepared = curve.takePoints(2 * MOST_TOGETHER);
    this.#work = curve.takePoints(
      Math.max(MOST_FOR_STRAUS * (MULTIPLES + COEFFICIENT_MULTIPLES), BUCKETS),
    );
    const encoded = Uint8Array.from(BASE_POINT.match(/../g)!, byte => Number.parseInt(byte, 16));
    this.#decoder.decode([encoded, encoded], [this.#base, this.#base]);
    writeMultiples(curve, this.#base, this.#baseMultiples, BASE_MULTIPLES, this.#scratch);
    kernels.prepare(this.#preparedBase, this.#base);
    const high = this.#points;
    curve.bytes.copyWithin(high, this.#base, this.#base + POINT);
    for (let i = 0; i < HALF_BITS; i++) kernels.double(high, high);
    writeMultiples(curve, high, this.#highBaseMultiples, BASE_MULTIPLES, this.#scratch);
  }

  verify(request: SignedMessage): boolean {
    const equation = this.#open(request, this.#points, this.#points + POINT);
    return equation !== undefined && this.#holds(equation, this.#points, this.#points + POINT);
  }

  /** An answer for each, in order. */
  verifyEach(requests: readonly SignedMessage[]): boolean[] {
    const answers: boolean[] = [];
    for (let at = 0; at < requests.length; at += MOST_TOGETHER) {
      answers.push(...this.#verifyTogether(requests.slice(at, at + MOST_TOGETHER)));
    }
    return answers;
  }

  #verifyTogether(requests: readonly SignedMessage[]): boolean[] {
    const wellFormed = requests.flatMap((request, index) => {
      const s = responseOf(request);
      return s === undefined ? [] : [{request, index, s}];
    });
    const opened = this.#batchPoints.read(wellFormed.map(({request}) => request));
    const answers = requests.map(() => false);
    const equations = opened.map(({index: at, key}): BatchEquation => {
      const {request, index, s} = wellFormed[at]!;
      answers[index] = true;
      return {s, k: this.#challenge(request), key};
    });
    if (equations.length === 0 || this.#allHold(equations)) return answers;
    return requests.map((request, i) => answers[i]! && this.verify(request));
  }

  #open(request: SignedMessage, keyPlace: number, commitmentPlace: number): Equation | undefined {
    const s = responseOf(request);
    if (s === undefined) return undefined;
    const {signature, signer} = request;
    const [isKey, isCommitment] = this.#decoder.decode(
      [signer, signature.subarray(0, POINT_BYTES)],
      [keyPlace, commitmentPlace],
    );
    return isKey && isCommitment ? {s, k: this.#challenge(request)} : undefined;
  }

  #challenge({signature, message, signer}: SignedMessage): bigint {
    const commitment = signature.subarray(0, POINT_BYTES);
    return littleEndian(this.#transcript.challenge(message, signer, commitment));
  }

  /**
   * k A + R - s B = 0, multiplied by the denominator b of k = a / b, which has an inverse: a A + b R - b s B = 0, with a and b of half the
   * size.
   */
  #holds({s, k}: Equation, key: number, commitment: number): boolean {
    const curve = this.#curve;
    const {numerator, denominator} = halfSize(k % GROUP_ORDER);
    const isTurned = denominator < 0n;
    const size = isTurned ? -denominator : denominator;
    const term = (point: number, number: bigint, at: number, isNegative: boolean): Term => {
      const multiples = this.#work + POINT * HALF_MULTIPLES * at;
      writeMultiples(curve, point, multiples, HALF_MULTIPLES, this.#scratch);
      return {multiples, scalar: wordsOf(number), width: HALF_WIDTH, isNegative};
    };
    // Of both signs the one in which b is positive.
    const terms = [
      ...this.#baseTerms(GROUP_ORDER - ((size * s) % GROUP_ORDER)),
      term(key, numerator, 0, isTurned),
      term(commitment, size, 1, false),
    ];
    strausSum(curve, terms, this.#sum);
    return curve.isNeutral(this.#sum);
  }

  /** The base point times a number, in two parts of half its size. */
  #baseTerms(number: bigint): Term[] {
    const [low, high] = [BigInt.asUintN(HALF_BITS, number), number >> BigInt(HALF_BITS)];
    return [
      {multiples: this.#baseMultiples, scalar: wordsOf(low), width: BASE_WIDTH},
      {multiples: this.#highBaseMultiples, scalar: wordsOf(high), width: BASE_WIDTH},
    ];
  }

  /** Σ z (k A + R - s B) = 0, with a random z for each; of a key that signed several times, A is multiplied by the sum of its z k. */
  #allHold(equations: readonly BatchEquation[]): boolean {
    const count = equations.length;
    const [keys, commitments] = [this.#points, this.#points + POINT * MOST_TOGETHER];
    if (count === 1) return this.#holds(equations[0]!, keys, commitments);
    const random = this.#randomBytes(COEFFICIENT * count);
    const coefficients = equations.map((_, i) =>
      littleEndian(random.subarray(COEFFICIENT * i, COEFFICIENT * (i + 1))),
    );
    const weights: bigint[] = [];
    let ofBase = 0n;
    equations.forEach(({s, k, key}, i) => {
      const coefficient = coefficients[i]!;
      weights[key] = (weights[key] ?? 0n) + k * coefficient;
      ofBase += s * coefficient;
    });
    ofBase %= GROUP_ORDER;
    const weighted = weights.map(weight => weight % GROUP_ORDER);
    if (count <= MOST_FOR_STRAUS) this.#sumByStraus(weighted, coefficients, ofBase);
    else this.#sumByPippenger(weighted, coefficients, ofBase);
    return this.#curve.isNeutral(this.#sum);
  }

  #sumByStraus(weighted: readonly bigint[], coefficients: readonly bigint[], ofBase: bigint): void {
    const terms = [this.#baseTerm(ofBase)];
    let multiples = this.#work;
    const addRow = (points: number, numbers: readonly bigint[], width: number): void => {
      const each = multiplesFor(width);
      for (let i = 0; i < numbers.length; i++) {
        writeMultiples(this.#curve, points + POINT * i, multiples, each, this.#scratch);
        terms.push({multiples, scalar: wordsOf(numbers[i]!), width});
        multiples += POINT * each;
      }
    };
    addRow(this.#points, weighted, WIDTH);
    addRow(this.#points + POINT * MOST_TOGETHER, coefficients, COEFFICIENT_WIDTH);
    strausSum(this.#curve, terms, this.#sum);
  }

  #sumByPippenger(
    weighted: readonly bigint[],
    coefficients: readonly bigint[],
    ofBase: bigint,
  ): void {
    const {prepare} = this.#curve.kernels;
    const row = (first: number, numbers: readonly bigint[], bits: number): Row => {
      const [points, prepared] = [this.#points + POINT * first, this.#prepared + POINT * first];
      for (let i = 0; i < numbers.length; i++) prepare(prepared + POINT * i, points + POINT * i);
      return {points, prepared, scalars: numbers.map(wordsOf), bits};
    };
    const rows = [
      row(0, weighted, SCALAR_BITS),
      row(MOST_TOGETHER, coefficients, COEFFICIENT_BITS),
      {
        points: this.#base,
        prepared: this.#preparedBase,
        scalars: [wordsOf(GROUP_ORDER - ofBase)],
        bits: SCALAR_BITS,
      },
    ];
    const places = {buckets: this.#work, scratch: this.#scratch};
    pippengerSum(this.#curve, rows, places, this.#sum);
  }

  /** The base point times minus the number. */
  #baseTerm(number: bigint): Term {
    const scalar = wordsOf(GROUP_ORDER - number);
    return {multiples: this.#baseMultiples, scalar, width: BASE_WIDTH};
  }
}

/** Strict checks before any point is looked at: lengths, mark, and s below the order, which is the answer. */
function responseOf({signature, signer}: SignedMessage): bigint | undefined {
  if (signature.length !== SIGNATURE_BYTES || signer.length !== POINT_BYTES) return undefined;
  if (signature[SIGNATURE_BYTES - 1]! < MARK) return undefined;
  const s = BigInt.asUintN(255, littleEndian(signature.subarray(POINT_BYTES)));
  return s < GROUP_ORDER ? s : undefined;
}

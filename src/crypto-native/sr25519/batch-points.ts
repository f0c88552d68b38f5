import {type BinaryString, bytesToBinary} from "#base";
import type {SignedMessage} from "#crypto";
import type {Curve} from "./curve.ts";
import {DecodedKeys} from "./decoded-keys.ts";
import {POINT} from "./kernels/pair-layout.ts";
import type {RistrettoDecoder} from "./ristretto.ts";

/** Keys that are remembered: a megabyte and a half when full. */
const MOST_KEYS = 4_096;

/** Where the points of a batch go, beside each other. */
export interface PointRows {
  readonly keys: number;
  readonly commitments: number;
}

/** Of a signature whose key and R are points: the place of its key in the row of keys. That of R is its own place in the list. */
export interface Opened {
  /** In what was asked. */
  readonly index: number;
  readonly key: number;
}

/** Reads the points of a batch: each key once, whoever signs how often, and not at all if it was decoded before. */
export class BatchPoints {
  readonly #curve: Curve;
  readonly #decoder: RistrettoDecoder;
  readonly #known: DecodedKeys;
  readonly #rows: PointRows;

  constructor(curve: Curve, decoder: RistrettoDecoder, rows: PointRows) {
    this.#curve = curve;
    this.#decoder = decoder;
    this.#known = new DecodedKeys(curve, MOST_KEYS);
    this.#rows = rows;
  }

  /** Of keys and signatures of the right lengths, those whose points are written, in order. */
  read(requests: readonly SignedMessage[]): Opened[] {
    const {keys, commitments} = this.#rows;
    const encodings: Uint8Array[] = [];
    const places: number[] = [];
    const unknown = new Map<number, BinaryString>();
    const keyOf = new Map<BinaryString, number>();
    const opened = requests.map(({signer, signature}, index) => {
      const name = bytesToBinary(signer);
      let key = keyOf.get(name);
      if (key === undefined) {
        key = keyOf.size;
        keyOf.set(name, key);
        const place = keys + POINT * key;
        if (!this.#known.read(name, place)) {
          unknown.set(place, name);
          encodings.push(signer);
          places.push(place);
        }
      }
      encodings.push(signature.subarray(0, 32));
      places.push(commitments + POINT * index);
      return {index, key};
    });
    const failed = new Set<number>();
    this.#decoder.decodeEach(encodings, places).forEach((isPoint, i) => {
      const place = places[i]!;
      const name = unknown.get(place);
      if (!isPoint) failed.add(place);
      else if (name !== undefined) this.#known.keep(name, place);
    });
    return failed.size === 0 ? opened : this.#closeRanks(opened, failed);
  }

  /**
   * Moves what holds forward over what failed, each row from its beginning on: none is written over that is yet to be moved, and each
   * key stays that of its own signatures. Else whoever has the secret of one key signs for another.
   */
  #closeRanks(opened: readonly Opened[], failed: ReadonlySet<number>): Opened[] {
    const {keys, commitments} = this.#rows;
    const {copy} = this.#curve.kernels;
    const left = opened.filter(
      ({index, key}) => !failed.has(keys + POINT * key) && !failed.has(commitments + POINT * index),
    );
    for (const [at, {index}] of left.entries()) {
      copy(commitments + POINT * at, commitments + POINT * index);
    }
    // Not as they come: a key whose first signature failed comes after those that were behind it.
    const used = [...new Set(left.map(({key}) => key))].sort((a, b) => a - b);
    for (const [at, key] of used.entries()) copy(keys + POINT * at, keys + POINT * key);
    const moved = new Map(used.map((key, at) => [key, at]));
    return left.map(({index, key}) => ({index, key: moved.get(key)!}));
  }
}

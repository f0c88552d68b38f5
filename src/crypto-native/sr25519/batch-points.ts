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

  /** Moves what holds forward over what failed. */
  #closeRanks(opened: readonly Opened[], failed: ReadonlySet<number>): Opened[] {
    const {keys, commitments} = this.#rows;
    const {copy} = this.#curve.kernels;
    const moved = new Map<number, number>();
    const left: Opened[] = [];
    for (const {index, key} of opened) {
      const [keyPlace, commitment] = [keys + POINT * key, commitments + POINT * index];
      if (failed.has(keyPlace) || failed.has(commitment)) continue;
      copy(commitments + POINT * left.length, commitment);
      let at = moved.get(key);
      if (at === undefined) {
        at = moved.size;
        moved.set(key, at);
        copy(keys + POINT * at, keyPlace);
      }
      left.push({index, key: at});
    }
    return left;
  }
}

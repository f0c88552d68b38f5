import {type BinaryString, bytesToBinary, invariant} from "#base";
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
  readonly #decoder: RistrettoDecoder;
  readonly #known: DecodedKeys;
  readonly #rows: PointRows;

  constructor(curve: Curve, decoder: RistrettoDecoder, rows: PointRows) {
    this.#decoder = decoder;
    this.#known = new DecodedKeys(curve, MOST_KEYS);
    this.#rows = rows;
  }

  /** Of keys and signatures of the right lengths, those whose points are written, in order. */
  read(requests: readonly SignedMessage[]): Opened[] {
    const {opened, failed} = this.#write(requests);
    if (failed.size === 0) return opened;
    const good = opened.filter(
      ({index, key}) => !failed.has(this.#keyAt(key)) && !failed.has(this.#commitmentAt(index)),
    );
    // Anew, and none is moved: whose point came to lie in another key's place could sign for both.
    const again = this.#write(good.map(({index}) => requests[index]!));
    invariant(again.failed.size === 0, "what was a point is one");
    return again.opened.map(({index, key}) => ({index: good[index]!.index, key}));
  }

  #keyAt(key: number): number {
    return this.#rows.keys + POINT * key;
  }

  #commitmentAt(index: number): number {
    return this.#rows.commitments + POINT * index;
  }

  /** With the places of what is no point. */
  #write(requests: readonly SignedMessage[]): {
    readonly opened: Opened[];
    readonly failed: ReadonlySet<number>;
  } {
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
        const place = this.#keyAt(key);
        if (!this.#known.read(name, place)) {
          unknown.set(place, name);
          encodings.push(signer);
          places.push(place);
        }
      }
      encodings.push(signature.subarray(0, 32));
      places.push(this.#commitmentAt(index));
      return {index, key};
    });
    const failed = new Set<number>();
    this.#decoder.decodeEach(encodings, places).forEach((isPoint, i) => {
      const place = places[i]!;
      const name = unknown.get(place);
      if (!isPoint) failed.add(place);
      else if (name !== undefined) this.#known.keep(name, place);
    });
    return {opened, failed};
  }
}

import {keccakP} from "@noble/hashes/sha3.js";
import {concatBytes, utf8Bytes} from "#base";

/** Bytes of the Keccak state that take data: STROBE-128 keeps 32 bytes of capacity and 2 of framing. */
const RATE = 166;

/** STROBE's flags of an operation; Merlin uses these three combinations. */
const META_AD = 0b10010;
const AD = 0b00010;
const PRF = 0b00111;

/**
 * A Merlin transcript: what schnorrkel feeds labelled messages into and draws labelled challenges from.
 * Only what hard derivation needs of STROBE-128 (merlin.cool, strobe.sourceforge.io) is here.
 */
export class Transcript {
  readonly #state = new Uint8Array(200);
  readonly #words: Uint32Array;
  #position = 0;
  #begin = 0;

  constructor(label: string) {
    this.#state.set([1, RATE + 2, 1, 0, 1, 96]);
    this.#state.set(utf8Bytes("STROBEv1.0.2"), 6);
    this.#words = new Uint32Array(this.#state.buffer);
    keccakP(this.#words);
    this.#start(META_AD);
    this.#absorb(utf8Bytes("Merlin v1.0"));
    this.append("dom-sep", utf8Bytes(label));
  }

  append(label: string, message: Uint8Array): void {
    this.#frame(label, message.length);
    this.#start(AD);
    this.#absorb(message);
  }

  challenge(label: string, length: number): Uint8Array {
    this.#frame(label, length);
    this.#start(PRF);
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      out[i] = this.#state[this.#position]!;
      this.#state[this.#position++] = 0;
      if (this.#position === RATE) this.#permute();
    }
    return out;
  }

  #frame(label: string, length: number): void {
    const encodedLength = new Uint8Array(4);
    new DataView(encodedLength.buffer).setUint32(0, length, true);
    this.#start(META_AD);
    this.#absorb(concatBytes(utf8Bytes(label), encodedLength));
  }

  #start(operation: number): void {
    const previousBegin = this.#begin;
    this.#begin = this.#position + 1;
    this.#absorb(Uint8Array.of(previousBegin, operation));
    if (operation === PRF && this.#position !== 0) this.#permute();
  }

  #absorb(data: Uint8Array): void {
    for (const byte of data) {
      this.#state[this.#position]! ^= byte;
      this.#position++;
      if (this.#position === RATE) this.#permute();
    }
  }

  #permute(): void {
    this.#state[this.#position]! ^= this.#begin;
    this.#state[this.#position + 1]! ^= 0x04;
    this.#state[RATE + 1]! ^= 0x80;
    keccakP(this.#words);
    this.#position = 0;
    this.#begin = 0;
  }
}

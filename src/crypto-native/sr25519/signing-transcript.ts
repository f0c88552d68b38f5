import {utf8Bytes} from "#base";
import type {Curve} from "./curve.ts";
import {KECCAK_STATE} from "./kernels/write-module.ts";

/** Bytes of the state that take data: STROBE-128 keeps 32 bytes of capacity and 2 of framing. */
const RATE = 166;

/** STROBE's flags of an operation; Merlin uses these three combinations. */
const META_AD = 0b10010;
const AD = 0b00010;
const PRF = 0b00111;

/** schnorrkel's `challenge_scalar` draws so many bytes, to reduce them modulo the order. */
export const CHALLENGE = 64;

const SIGN_BYTES = utf8Bytes("sign-bytes");
const PROTO_NAME = utf8Bytes("proto-name");
const SCHNORR_SIG = utf8Bytes("Schnorr-sig");
const SIGN_PK = utf8Bytes("sign:pk");
const SIGN_R = utf8Bytes("sign:R");
const SIGN_C = utf8Bytes("sign:c");

/**
 * The Merlin transcript of schnorrkel's signatures in the context `substrate`, from whose beginning all of them go on;
 * `Transcript` of `crypto`, for this one purpose, on the kernels' Keccak.
 */
export class SigningTranscript {
  readonly #permuteState: (state: number) => void;
  readonly #address: number;
  readonly #state: Uint8Array;
  readonly #beginning: {state: Uint8Array; position: number; begin: number};
  readonly #length = new Uint8Array(4);
  #position = 0;
  #begin = 0;

  constructor({kernels, bytes}: Curve) {
    this.#permuteState = kernels.permute;
    this.#address = kernels.state();
    this.#state = bytes.subarray(this.#address, this.#address + KECCAK_STATE);
    this.#state.fill(0);
    this.#state.set([1, RATE + 2, 1, 0, 1, 96]);
    this.#state.set(utf8Bytes("STROBEv1.0.2"), 6);
    this.#permuteState(this.#address);
    this.#start(META_AD);
    this.#absorb(utf8Bytes("Merlin v1.0"));
    this.#append(utf8Bytes("dom-sep"), utf8Bytes("SigningContext"));
    this.#append(new Uint8Array(0), utf8Bytes("substrate"));
    this.#beginning = {
      state: this.#state.slice(),
      position: this.#position,
      begin: this.#begin,
    };
  }

  /** The 64 bytes that are a signature's challenge. */
  challenge(message: Uint8Array, publicKey: Uint8Array, commitment: Uint8Array): Uint8Array {
    this.#state.set(this.#beginning.state);
    this.#position = this.#beginning.position;
    this.#begin = this.#beginning.begin;
    this.#append(SIGN_BYTES, message);
    this.#append(PROTO_NAME, SCHNORR_SIG);
    this.#append(SIGN_PK, publicKey);
    this.#append(SIGN_R, commitment);
    this.#frame(SIGN_C, CHALLENGE);
    this.#start(PRF);
    // PRF begins with a fresh block, which is longer than a challenge.
    return this.#state.slice(0, CHALLENGE);
  }

  #append(label: Uint8Array, message: Uint8Array): void {
    this.#frame(label, message.length);
    this.#start(AD);
    this.#absorb(message);
  }

  #frame(label: Uint8Array, length: number): void {
    this.#start(META_AD);
    this.#absorb(label);
    for (let i = 0; i < 4; i++) this.#length[i] = length >>> (8 * i);
    this.#absorb(this.#length);
  }

  #start(operation: number): void {
    const previousBegin = this.#begin;
    this.#begin = this.#position + 1;
    this.#absorbByte(previousBegin);
    this.#absorbByte(operation);
    if (operation === PRF && this.#position !== 0) this.#permute();
  }

  #absorbByte(byte: number): void {
    this.#state[this.#position]! ^= byte;
    this.#position++;
    if (this.#position === RATE) this.#permute();
  }

  #absorb(data: Uint8Array): void {
    const state = this.#state;
    let position = this.#position;
    for (let i = 0; i < data.length; i++) {
      state[position]! ^= data[i]!;
      position++;
      if (position === RATE) {
        this.#position = position;
        this.#permute();
        position = 0;
      }
    }
    this.#position = position;
  }

  #permute(): void {
    const state = this.#state;
    state[this.#position]! ^= this.#begin;
    state[this.#position + 1]! ^= 0x04;
    state[RATE + 1]! ^= 0x80;
    this.#permuteState(this.#address);
    this.#position = 0;
    this.#begin = 0;
  }
}

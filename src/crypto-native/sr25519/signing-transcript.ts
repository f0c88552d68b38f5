import {utf8Bytes} from "#base";
import type {Curve} from "./curve.ts";
import {BLOCK} from "./kernels/keccak.ts";
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
  readonly #curve: Curve;
  readonly #state: Uint8Array;
  /** What the next permutation takes in: zeros from the position on. */
  readonly #block: Uint8Array;
  readonly #beginning: {state: Uint8Array; block: Uint8Array; position: number; begin: number};
  #position = 0;
  #begin = 0;

  constructor(curve: Curve) {
    const {kernels, bytes} = curve;
    this.#curve = curve;
    this.#state = bytes.subarray(kernels.state(), kernels.state() + KECCAK_STATE);
    this.#block = bytes.subarray(kernels.block(), kernels.block() + BLOCK);
    this.#state.fill(0);
    this.#block.fill(0);
    this.#block.set([1, RATE + 2, 1, 0, 1, 96]);
    this.#block.set(utf8Bytes("STROBEv1.0.2"), 6);
    this.#takeBlock();
    this.#start(META_AD);
    this.#absorb(utf8Bytes("Merlin v1.0"));
    this.#append(utf8Bytes("dom-sep"), utf8Bytes("SigningContext"));
    this.#append(new Uint8Array(0), utf8Bytes("substrate"));
    this.#beginning = {
      state: this.#state.slice(),
      block: this.#block.slice(),
      position: this.#position,
      begin: this.#begin,
    };
  }

  /** The 64 bytes that are a signature's challenge; overwritten by the next call. */
  challenge(message: Uint8Array, publicKey: Uint8Array, commitment: Uint8Array): Uint8Array {
    this.#state.set(this.#beginning.state);
    this.#block.set(this.#beginning.block);
    this.#position = this.#beginning.position;
    this.#begin = this.#beginning.begin;
    this.#append(SIGN_BYTES, message);
    this.#append(PROTO_NAME, SCHNORR_SIG);
    this.#append(SIGN_PK, publicKey);
    this.#append(SIGN_R, commitment);
    this.#frame(SIGN_C, CHALLENGE);
    this.#start(PRF);
    // PRF begins a block of its own, which is longer than a challenge.
    if (this.#position !== 0) this.#permute();
    return this.#state.subarray(0, CHALLENGE);
  }

  #append(label: Uint8Array, message: Uint8Array): void {
    this.#frame(label, message.length);
    this.#start(AD);
    this.#absorb(message);
  }

  #frame(label: Uint8Array, length: number): void {
    this.#start(META_AD);
    this.#absorb(label);
    for (let shift = 0; shift < 32; shift += 8) this.#absorbByte((length >>> shift) & 0xff);
  }

  #start(operation: number): void {
    const previousBegin = this.#begin;
    this.#begin = this.#position + 1;
    this.#absorbByte(previousBegin);
    this.#absorbByte(operation);
  }

  #absorbByte(byte: number): void {
    this.#block[this.#position++] = byte;
    if (this.#position === RATE) this.#permute();
  }

  #absorb(data: Uint8Array): void {
    const block = this.#block;
    let position = this.#position;
    for (let i = 0; i < data.length; i++) {
      block[position++] = data[i]!;
      if (position === RATE) {
        this.#position = position;
        this.#permute();
        position = 0;
      }
    }
    this.#position = position;
  }

  #permute(): void {
    this.#block[this.#position]! ^= this.#begin;
    this.#block[this.#position + 1]! ^= 0x04;
    this.#block[RATE + 1]! ^= 0x80;
    this.#takeBlock();
    this.#position = 0;
    this.#begin = 0;
  }

  #takeBlock(): void {
    const {kernels} = this.#curve;
    kernels.absorb(this.#state.byteOffset, this.#block.byteOffset);
  }
}

import {equalBytes} from "#base";
import {createPortableHashing, type SignatureVerifier} from "#crypto";

export const hashing = createPortableHashing();

/** 32 bytes that name a voter; the number stands in front, so that key order is number order. */
export const key = (n: number): Uint8Array => {
  const id = new Uint8Array(32).fill(7);
  id[0] = n >> 8;
  id[1] = n & 255;
  return id;
};

/** Stands for ed25519: quick, and good for nothing but tests. Anybody can sign for any key. */
export function sign(id: Uint8Array, payload: Uint8Array): Uint8Array {
  const signature = new Uint8Array(64);
  let state = 0x811c9dc5;
  for (const byte of id) state = Math.imul(state ^ byte, 0x01000193);
  for (const byte of payload) state = Math.imul(state ^ byte, 0x01000193);
  for (let i = 0; i < 64; i++) {
    state = Math.imul(state ^ i, 0x01000193);
    signature[i] = state >>> 24;
  }
  return signature;
}

/** Counts what it is asked. */
export function createSignatures(): Pick<SignatureVerifier, "verify"> & {asked: number} {
  return {
    asked: 0,
    verify(scheme, signature, payload, id) {
      this.asked++;
      return scheme === "ed25519" && equalBytes(signature, sign(id, payload));
    },
  };
}

/** Evenly from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

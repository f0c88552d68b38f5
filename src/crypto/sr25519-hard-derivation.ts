import {EMPTY_BYTES} from "#base";
import {Transcript} from "./merlin.ts";
import {SEED_LENGTH} from "./secret-key.ts";

/**
 * schnorrkel's `hard_derive_mini_secret_key`: the child's seed, from the parent's expanded key (64 bytes) and a
 * chain code. Written here because the library hands out the expanded child only, and people keep seeds.
 */
export function hardDerivedSeed(expandedKey: Uint8Array, chainCode: Uint8Array): Uint8Array {
  const transcript = new Transcript("SchnorrRistrettoHDKD");
  transcript.append("sign-bytes", EMPTY_BYTES);
  transcript.append("chain-code", chainCode);
  transcript.append("secret-key", scalarOf(expandedKey));
  return transcript.challenge("HDKD-hard", SEED_LENGTH);
}

/** The expanded form holds the scalar times the cofactor 8; the transcript takes the scalar itself. */
function scalarOf(expandedKey: Uint8Array): Uint8Array {
  const scalar = new Uint8Array(32);
  for (let i = 0; i < 32; i++) {
    const above = i === 31 ? 0 : expandedKey[i + 1]!;
    scalar[i] = (expandedKey[i]! >> 3) | ((above & 0b111) << 5);
  }
  return scalar;
}

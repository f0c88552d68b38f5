import {pbkdf2} from "@noble/hashes/pbkdf2.js";
import {sha512} from "@noble/hashes/sha2.js";
import {entropyToMnemonic, mnemonicToEntropy} from "@scure/bip39";
import {wordlist} from "@scure/bip39/wordlists/english.js";
import {invariant, utf8Bytes} from "#base";
import type {RandomBytes} from "./random-bytes.ts";
import {SEED_LENGTH} from "./secret-key.ts";

/** BIP-39 knows these lengths: each word stands for 11 bits of entropy and checksum. */
export type WordCount = 12 | 15 | 18 | 21 | 24;

export const WORD_COUNTS: readonly WordCount[] = [12, 15, 18, 21, 24];

/** A fresh English phrase. Three words stand for four bytes of entropy. */
export function generatePhrase(words: WordCount, randomBytes: RandomBytes): string {
  const length = (words / 3) * 4;
  const entropy = randomBytes(length);
  invariant(entropy.length === length, "as much randomness as asked for");
  return entropyToMnemonic(entropy, wordlist);
}

/** Rounds of PBKDF2 that BIP-39 fixes. */
const ROUNDS = 2_048;

/**
 * Substrate's seed of a phrase: PBKDF2 over the phrase's *entropy*, where BIP-39 takes its text, and
 * the password as it is, where BIP-39 normalizes it; the first half of the 64 bytes. `undefined` when a word or the checksum is wrong.
 */
export function phraseToSeed(phrase: string, password: string): Uint8Array | undefined {
  const entropy = phraseToEntropy(phrase);
  if (entropy === undefined) return undefined;
  const salt = utf8Bytes(`mnemonic${password}`);
  return pbkdf2(sha512, entropy, salt, {c: ROUNDS, dkLen: 64}).slice(0, SEED_LENGTH);
}

export function isPhrase(text: string): boolean {
  return phraseToEntropy(text) !== undefined;
}

function phraseToEntropy(phrase: string): Uint8Array | undefined {
  const words = phrase.split(" ").filter(word => word !== "");
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    // The library throws for every invalid phrase, and its message would repeat what may be a secret.
    return undefined;
  }
}

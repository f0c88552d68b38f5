import {keccak512, sha256, twox256} from "#crypto";
import type {HostServices} from "./call-context.ts";
import {view} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("hashing");

type Hash = (hashing: HostServices["hashing"], data: Uint8Array) => Uint8Array;

const HASHES: readonly (readonly [string, Hash])[] = [
  ["blake2_128", (hashing, data) => hashing.blake2b128(data)],
  ["blake2_256", (hashing, data) => hashing.blake2b256(data)],
  ["twox_64", (hashing, data) => hashing.twox64(data)],
  ["twox_128", (hashing, data) => hashing.twox128(data)],
  ["twox_256", (_, data) => twox256(data)],
  ["keccak_256", (hashing, data) => hashing.keccak256(data)],
  ["keccak_512", (_, data) => keccak512(data)],
  ["sha2_256", (_, data) => sha256(data)],
];

/** Hashes of bytes, answered in memory of their own (spec/wasm-engine §4.4). */
export const hashingFunctions: readonly HostFunction[] = HASHES.map(([name, hash]) =>
  define(`hashing_${name}_version_1`, [view], "address", ({services}, bytes) =>
    hash(services.hashing, bytes),
  ),
);

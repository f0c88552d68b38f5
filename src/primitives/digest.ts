import {binaryToBytes, bytesToBinary} from "#base";
import {bytes, fixedBytes, struct, unit, unnamedFields, type ValueOf, variant, vec} from "#codec";

const engine = fixedBytes(4, {typeName: "ConsensusEngineId"});

/** One entry of a header's digest (spec/pallets §3). */
export const digestItem = variant(
  {
    PreRuntime: [6, unnamedFields(engine, bytes)],
    Consensus: [4, unnamedFields(engine, bytes)],
    Seal: [5, unnamedFields(engine, bytes)],
    Other: [0, bytes],
    RuntimeEnvironmentUpdated: [8, unit],
  },
  {path: "sp_runtime::generic::digest::DigestItem"},
);
export type DigestItem = ValueOf<typeof digestItem>;

export const digest = struct(
  {logs: vec(digestItem)},
  {path: "sp_runtime::generic::digest::Digest"},
);
export type Digest = ValueOf<typeof digest>;

/** The four ASCII bytes by which a consensus engine marks what is its own: `aura`, `FRNK`. */
export const AURA_ENGINE = binaryToBytes("aura");
export const GRANDPA_ENGINE = binaryToBytes("FRNK");

export function isEngine(id: Uint8Array, engineId: Uint8Array): boolean {
  return bytesToBinary(id) === bytesToBinary(engineId);
}

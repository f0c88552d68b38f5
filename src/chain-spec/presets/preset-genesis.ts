import type {BinaryString} from "#base";
import type {Hashing} from "#crypto";
import {
  buildGenesisState,
  composeKhala,
  type KhalaGenesis,
  ourVersion,
  type Parameters,
} from "#runtime";
import {memoryState, Overlay} from "#state";

/** A first state that our runtime builds: the chain's parameters, and who is what and owns what. */
export interface PresetGenesis {
  readonly kind: "built";
  readonly parameters: Parameters;
  readonly genesis: KhalaGenesis;
}

/** Whether `:code` is the marker of this program's runtime. */
export const isPresetCode = (code: Uint8Array): boolean => ourVersion(code) !== undefined;

/** Every key and value of it. */
export function presetEntries(
  {parameters, genesis}: PresetGenesis,
  hashing: Hashing,
): ReadonlyMap<BinaryString, Uint8Array> {
  const hash = (data: Uint8Array) => hashing.blake2b256(data);
  const overlay = new Overlay(memoryState([], hash));
  buildGenesisState(overlay, composeKhala(parameters, hashing), parameters, genesis);
  return new Map(overlay.outcome(0).state.entries());
}

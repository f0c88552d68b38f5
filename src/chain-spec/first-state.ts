import {type BinaryString, ok, type Report, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {Runtime} from "#runtime-api";
import type {StateView} from "#state";
import type {GenesisEntries, SpecGenesis} from "./chain-spec.ts";
import {configuredState} from "./configured-state.ts";
import {presetEntries} from "./presets/preset-genesis.ts";

/** What a first state is made with. */
export interface GenesisMakers {
  readonly hashing: Hashing;
  /**
   * The runtime of a state, of which no more than its code may be there; a failure is a reason for people. Without it no
   * first state is built that a chain's own runtime has to build.
   */
  readonly runtimeOf?: (state: Pick<StateView, "get">) => Result<Runtime, string>;
}

export interface FirstState {
  /** Every key and value but those of child tries, and their roots. */
  readonly top: GenesisEntries;
  /** Of child tries, by their names. */
  readonly children: ReadonlyMap<BinaryString, GenesisEntries>;
}

/** Every key of a chain's first state. Takes as long as its runtime does where that has to build it. */
export function firstState(
  genesis: SpecGenesis,
  makers: GenesisMakers,
): Result<FirstState, Report> {
  switch (genesis.kind) {
    case "raw":
      return ok(genesis);
    case "built":
      return ok({top: presetEntries(genesis, makers.hashing), children: new Map()});
    case "configured":
      return configuredState(genesis, makers);
  }
}

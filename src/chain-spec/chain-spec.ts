import type {BinaryString} from "#base";
import type {BlockHashing} from "#crypto";
import type {PresetGenesis} from "./presets/preset-genesis.ts";

export type ChainType = "Development" | "Local" | "Live" | {readonly Custom: string};

/** What a chain spec says about the chain besides its state. */
export interface ChainSpecHead {
  readonly name: string;
  /** Names the chain's folder under the base path. */
  readonly id: string;
  readonly chainType: ChainType;
  readonly bootNodes: readonly string[];
  readonly protocolId: string;
  readonly forkId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What the chain hashes by, as its spec says; undefined where it says nothing: BLAKE2b-256, as nearly all do. */
  readonly blockHashing?: BlockHashing;
  /**
   * Where it was read from a document: all that stands there beside `genesis`, numbers as they were written. What we have
   * no use for (`relay_chain`, `codeSubstitutes`, …) others have, and it goes out as it came in.
   */
  readonly document?: Readonly<Record<string, unknown>>;
}

/**
 * The first state: built by the runtime of this program of a chain's parameters, by the chain's own runtime of its
 * configuration, or given key by key.
 */
export type SpecGenesis = PresetGenesis | ConfiguredGenesis | RawGenesis;

/** Values by their keys. */
export type GenesisEntries = ReadonlyMap<BinaryString, Uint8Array>;

export interface RawGenesis {
  readonly kind: "raw";
  readonly top: GenesisEntries;
  /** Of child tries, by their names. */
  readonly children: ReadonlyMap<BinaryString, GenesisEntries>;
}

/** What a runtime's GenesisBuilder makes a first state of. */
export interface ConfiguredGenesis {
  readonly kind: "configured";
  /** As it comes to stand under `:code`. */
  readonly code: Uint8Array;
  readonly config: GenesisConfig;
}

/** JSON as `lossless-json` reads it: numbers go beyond 2^53. */
export type GenesisConfig =
  /** Changes of the runtime's default, or of a configuration that it has by name. */
  | {readonly kind: "patch"; readonly patch: unknown; readonly preset?: string}
  /** All of it. */
  | {readonly kind: "config"; readonly config: unknown};

export interface ChainSpec extends ChainSpecHead {
  readonly genesis: SpecGenesis;
}

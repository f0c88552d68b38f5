import type {BinaryString} from "#base";
import {KHALA_SS58_PREFIX, KHALA_TOKEN, type KhalaGenesis, type Parameters} from "#runtime";

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
  /**
   * Where it was read from a document: all that stands there beside `genesis`, numbers as they were written. What we have
   * no use for (`relay_chain`, `codeSubstitutes`, …) others have, and it goes out as it came in.
   */
  readonly document?: Readonly<Record<string, unknown>>;
}

/** Genesis to be built by our runtime, or given key by key. */
export type SpecGenesis =
  | {readonly kind: "built"; readonly parameters: Parameters; readonly genesis: KhalaGenesis}
  | {
      readonly kind: "raw";
      readonly top: GenesisEntries;
      /** Of child tries, by their names. */
      readonly children: ReadonlyMap<BinaryString, GenesisEntries>;
    };

/** Values by their keys. */
export type GenesisEntries = ReadonlyMap<BinaryString, Uint8Array>;

export interface ChainSpec extends ChainSpecHead {
  readonly genesis: SpecGenesis;
}

/** How all chains of this program show amounts and addresses. */
export const CHAIN_PROPERTIES = {
  ss58Format: KHALA_SS58_PREFIX,
  tokenDecimals: KHALA_TOKEN.decimals,
  tokenSymbol: KHALA_TOKEN.symbol,
} as const;

export const PROTOCOL_ID = "khala-ts";

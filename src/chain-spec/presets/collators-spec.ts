import {type Parameters, PHA, PRESET_PARAMETERS} from "#runtime";
import type {ChainSpec} from "../chain-spec.ts";
import {CHAIN_PROPERTIES, PROTOCOL_ID} from "./chain-properties.ts";
import type {PresetGenesis} from "./preset-genesis.ts";

/** A collator of a made-up network: its account, which is its Aura key as well, and its Grandpa key. */
export interface NetworkMember {
  readonly account: Uint8Array;
  readonly grandpa: Uint8Array;
}

export interface CollatorsChain {
  readonly parameters: Parameters;
  readonly invulnerables: readonly NetworkMember[];
  /** Endowed and with session keys, so that they can register at once. */
  readonly others: readonly NetworkMember[];
  /** Endowed, nothing more. */
  readonly endowed: readonly Uint8Array[];
  readonly sudo: Uint8Array;
}

const ENDOWMENT = 1_000_000n * PHA;
/** Shortest session: what follows a change of session needs a few blocks to be seen. */
const SHORTEST_SESSION = 20;
/** Turns that each author has within a threshold: one that misses two in a row is not kicked for it. */
const TURNS = 3;

/**
 * Parameters for a network of so many authors: session and threshold long enough that no live candidate is kicked by
 * chance, bounds that hold them all, and finality by the invulnerables.
 */
export function collatorsParameters(invulnerables: number, candidates: number): Parameters {
  const base = PRESET_PARAMETERS.dev;
  const session = Math.max(SHORTEST_SESSION, TURNS * (invulnerables + candidates));
  return {
    ...base,
    finalityVoters: "Invulnerables",
    sessionPeriod: session,
    kickThreshold: session,
    desiredCandidates: candidates,
    maxInvulnerables: Math.max(base.maxInvulnerables, invulnerables),
    maxCandidates: Math.max(base.maxCandidates, candidates),
    maxAuthorities: Math.max(base.maxAuthorities, invulnerables + candidates),
  };
}

/** The chain of a network of collators on one machine or in a test. */
export function collatorsSpec(
  chain: CollatorsChain,
): ChainSpec & {readonly genesis: PresetGenesis} {
  const members = [...chain.invulnerables, ...chain.others];
  const accounts = [...members.map(({account}) => account), ...chain.endowed];
  return {
    name: "Khala Net",
    id: "khala_net",
    chainType: "Local",
    bootNodes: [],
    protocolId: PROTOCOL_ID,
    properties: CHAIN_PROPERTIES,
    genesis: {
      kind: "built",
      parameters: chain.parameters,
      genesis: {
        balances: accounts.map(account => [account, ENDOWMENT] as const),
        invulnerables: chain.invulnerables.map(({account}) => account),
        sessionKeys: members.map(
          ({account, grandpa}) => [account, {aura: account, grandpa}] as const,
        ),
        sudo: chain.sudo,
      },
    },
  };
}

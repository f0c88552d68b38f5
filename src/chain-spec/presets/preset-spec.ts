import {WELL_KNOWN_ACCOUNTS, type WellKnownAccount} from "#crypto";
import {
  type KhalaGenesis,
  type Parameters,
  PHA,
  PRESET_PARAMETERS,
  type PresetName,
} from "#runtime";
import type {ChainSpec} from "../chain-spec.ts";
import {CHAIN_PROPERTIES, PROTOCOL_ID} from "./chain-properties.ts";

/** What each well-known account holds on development chains. */
const ENDOWMENT = 1_000_000n * PHA;

const HEADS = {
  dev: {name: "Khala Development", id: "khala_dev", chainType: "Development"},
  local: {name: "Khala Local", id: "khala_local", chainType: "Local"},
  standalone: {name: "Khala Standalone", id: "khala_standalone", chainType: "Live"},
} as const;

function accountOf(name: string): WellKnownAccount {
  const found = WELL_KNOWN_ACCOUNTS.find(account => account.name === name);
  if (found === undefined) throw new Error(`no well-known account ${name}`);
  return found;
}

/** Well-known accounts endowed, the named ones invulnerable with their own keys as session keys. */
function knownGenesis(invulnerables: readonly string[]): KhalaGenesis {
  const known = invulnerables.map(accountOf);
  const accounts = known.map(({sr25519}) => sr25519);
  return {
    balances: WELL_KNOWN_ACCOUNTS.map(({sr25519}) => [sr25519, ENDOWMENT] as const),
    invulnerables: accounts,
    sessionKeys: known.map(
      ({sr25519, ed25519}) => [sr25519, {aura: sr25519, grandpa: ed25519}] as const,
    ),
    sudo: accountOf("Alice").sr25519,
  };
}

const DEV_AUTHORITIES = {
  dev: ["Alice"],
  local: ["Alice", "Bob", "Charlie", "Dave"],
} as const;

/** The spec of a preset; `standalone` has no genesis of its own. */
export function presetSpec(
  preset: PresetName,
  options: {parameters?: Parameters; genesis?: KhalaGenesis} = {},
): ChainSpec | undefined {
  const genesis =
    options.genesis ??
    (preset === "standalone" ? undefined : knownGenesis(DEV_AUTHORITIES[preset]));
  if (genesis === undefined) return undefined;
  return {
    ...HEADS[preset],
    bootNodes: [],
    protocolId: PROTOCOL_ID,
    properties: CHAIN_PROPERTIES,
    genesis: {
      kind: "built",
      parameters: options.parameters ?? PRESET_PARAMETERS[preset],
      genesis,
    },
  };
}

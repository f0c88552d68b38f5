import {encodeSs58} from "#crypto";
import {KHALA_SS58_PREFIX} from "#runtime";
import {PARAMETER_TABLE} from "./parameter-table.ts";
import type {PresetGenesis} from "./preset-genesis.ts";

const address = (account: Uint8Array) => encodeSs58(account, KHALA_SS58_PREFIX);

/** The readable form: `runtimeGenesis.patch` with upstream's names, balances as text. */
export function formatPatch({parameters, genesis}: PresetGenesis): unknown {
  const shown = Object.fromEntries(
    PARAMETER_TABLE.filter(({key}) => key !== "candidacyBond" && key !== "desiredCandidates").map(
      ({key, format}) => [key, format(parameters[key])],
    ),
  );
  return {
    parameters: shown,
    balances: {
      balances: genesis.balances.map(([who, amount]) => [address(who), amount.toString()]),
    },
    collatorSelection: {
      invulnerables: genesis.invulnerables.map(address),
      candidacyBond: parameters.candidacyBond.toString(),
      desiredCandidates: parameters.desiredCandidates,
    },
    session: {
      keys: genesis.sessionKeys.map(([who, keys]) => [
        address(who),
        address(who),
        {aura: address(keys.aura!), grandpa: address(keys.grandpa!)},
      ]),
    },
    sudo: {key: genesis.sudo === undefined ? null : address(genesis.sudo)},
  };
}

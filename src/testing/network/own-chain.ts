import {unwrap} from "#base";
import {
  CHAIN_PROPERTIES,
  checkChain,
  collatorsParameters,
  collatorsSpec,
  genesisToStore,
  overrideParameters,
} from "#chain-spec";
import {createRuntimes} from "#node";
import {composeKhala} from "#runtime";
import type {NetworkOptions} from "../api.ts";
import type {ChainTools, Names, NetworkChain} from "./network-chain.ts";

/** A chain of this program's own runtime, with parameters scaled to who is in the network. */
export function ownChain(
  options: NetworkOptions,
  names: Names,
  {crypto, accountsWith}: ChainTools,
): NetworkChain {
  const accounts = accountsWith(CHAIN_PROPERTIES.ss58Format);
  const parameters = parametersOf(options, names);
  const memberOf = (name: string) => {
    const {publicKey, keys} = accounts.known(name);
    return {account: publicKey, grandpa: keys.grandpa};
  };
  const spec = collatorsSpec({
    parameters,
    invulnerables: names.invulnerables.map(memberOf),
    others: [...names.candidates, ...names.observers].map(memberOf),
    endowed: (options.endowed ?? []).map(name => accounts.publicKey(name)),
    sudo: accounts.known(names.invulnerables[0]!).publicKey,
  });
  const checked = checkChain(parameters, spec.genesis.genesis);
  if (!checked.ok) throw new Error(checked.error.what);
  accounts.call(composeKhala(parameters, crypto.hashing).collatorSelection.pot, "pot");
  return {
    crypto,
    genesis: unwrap(genesisToStore(spec.genesis, crypto)),
    protocolId: spec.protocolId,
    runtimes: createRuntimes(crypto),
    accounts,
    slotDuration: Number(parameters.slotDuration),
    sessionLength: parameters.sessionPeriod,
    settings: {},
    inherents: [],
  };
}

function parametersOf({parameters = {}}: NetworkOptions, names: Names) {
  const others = names.candidates.length + names.observers.length;
  const scaled = collatorsParameters(names.invulnerables.length, others);
  const overrides = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const overridden = overrideParameters(scaled, overrides);
  if (!overridden.ok) throw new Error(overridden.error.message);
  return unwrap(overridden);
}

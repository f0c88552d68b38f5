import {formatReport, type Report, type Result, unwrap} from "#base";
import {genesisToStore, parseChainSpec} from "#chain-spec";
import {withBlockHashing} from "#crypto";
import {addressPrefix, describeRuntime, StateReader} from "#description";
import {readPot, trySessionPeriod} from "#desk";
import {createRuntimes, genesisMakers, rehearsalOfNode, rehearseChain} from "#node";
import {auraSlotDuration} from "#runtime-api";
import {Overlay} from "#state";
import type {NetworkOptions} from "../api.ts";
import type {ChainTools, Names, NetworkChain} from "./network-chain.ts";

/**
 * A rehearsal of somebody else's chain, by the text of its spec: its own runtime, with the network's invulnerables as collators
 * and the first of them as root. Observers have money, and no session keys yet.
 */
export function rehearsedChain(
  text: string,
  options: NetworkOptions,
  names: Names,
  {accountsWith, now, ...tools}: ChainTools,
): NetworkChain {
  if (options.parameters !== undefined) {
    throw new Error("parameters are those of this program's own runtime: use rehearse.set");
  }
  if (names.candidates.length > 0) {
    throw new Error("candidates of a rehearsed chain set keys and register as everybody does");
  }
  const parsed = parseChainSpec(text);
  if (!parsed.ok) throw new Error(`${parsed.error.key}: ${parsed.error.message}`);
  const crypto = withBlockHashing(tools.crypto, parsed.value.spec.blockHashing);
  const runtimes = createRuntimes(crypto);
  // Names are spelt out, since the account book has its own.
  const prefix = addressPrefix(undefined, parsed.value.spec.properties);
  const accounts = accountsWith(prefix);
  const uriOf = (name: string) => accounts.known(name).uri;
  const {invulnerables, observers} = names;
  const endowed = [...observers, ...(options.endowed ?? [])];
  const {spec, settings} = taken(
    rehearseChain(
      parsed.value.spec,
      {
        collators: invulnerables.map(uriOf),
        sudo: uriOf(invulnerables[0]!),
        endowed: endowed.map(name => [accounts.known(name).uri, ENDOWMENT] as const),
        changes: options.set === undefined ? [] : [options.set],
        proofSize: options.proofSize,
      },
      {crypto, runtimes, now},
    ),
  );
  const genesis = taken(genesisToStore(spec.genesis, genesisMakers(crypto, runtimes)));
  const runtime = unwrap(runtimes.runtimeOf(genesis.state));
  const host = () => ({state: new Overlay(genesis.state), verifySignature: () => false});
  const description = unwrap(describeRuntime(runtime, host()));
  const {hashing} = crypto;
  const pot = readPot(new StateReader(description, genesis.state, hashing));
  if (pot !== undefined) accounts.call(pot, "pot");
  const ground = {runtime, description, state: genesis.state, hashing};
  return {
    crypto,
    genesis,
    protocolId: spec.protocolId,
    runtimes,
    accounts,
    slotDuration: Number(unwrap(auraSlotDuration(runtime, host()))),
    sessionLength: trySessionPeriod(ground)?.period,
    ...rehearsalOfNode(settings, runtime, crypto),
  };
}

/** Whole units of the token. */
const ENDOWMENT = "1000000";

function taken<T>(result: Result<T, Report>): T {
  if (result.ok) return result.value;
  throw new Error(formatReport(result.error));
}

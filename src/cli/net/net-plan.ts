import {err, ok, type Report, type Result} from "#base";
import {
  CHAIN_PROPERTIES,
  type ChainSpec,
  checkChain,
  collatorsParameters,
  collatorsSpec,
  overrideParameters,
} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import type {NetOptions} from "./net-options.ts";
import {planOther} from "./plan-other.ts";
import {type PlannedNode, plannedNode} from "./planned-node.ts";

export interface NetPlan {
  readonly spec: ChainSpec;
  /** What chain it is, in words that go on from its name. */
  readonly headline: string;
  readonly nodes: readonly PlannedNode[];
  readonly warnings: readonly string[];
}

/** Who is in the network and what chain it is. */
export function planNet(options: NetOptions): Promise<Result<NetPlan, Report>> {
  return options.chain === undefined ? planOwn(options) : planOther(options, options.chain);
}

/** A network on a chain of our own runtime, with as many collators as are asked for. */
async function planOwn(options: NetOptions): Promise<Result<NetPlan, Report>> {
  const {invulnerables, candidates} = options;
  const parameters = overrideParameters(
    collatorsParameters(invulnerables, candidates),
    options.parameters,
  );
  if (!parameters.ok) {
    const {code, message, nearest} = parameters.error;
    const todo = nearest === undefined ? "see khala dev --help" : `did you mean ${nearest}?`;
    return err({code, what: message, did: "not started", todo});
  }
  const {keyPairs} = await createNativeCrypto();
  const nodes = Array.from({length: invulnerables + candidates}, (_, i): PlannedNode => {
    const role = i < invulnerables ? "invulnerable" : "candidate";
    const prefix = CHAIN_PROPERTIES.ss58Format;
    return plannedNode(`//Collator//${i + 1}`, {i, role, prefix, keyPairs, options});
  });
  const spec = collatorsSpec({
    parameters: parameters.value,
    invulnerables: nodes.slice(0, invulnerables),
    others: nodes.slice(invulnerables),
    endowed: [],
    sudo: nodes[0]!.account,
  });
  const warnings = checkChain(parameters.value, spec.genesis.genesis);
  if (!warnings.ok) return warnings;
  const {sessionPeriod, slotDuration, kickThreshold} = parameters.value;
  const headline = `${slotDuration} ms slots, sessions of ${sessionPeriod} blocks, kicked after ${kickThreshold}`;
  return ok({headline, nodes, warnings: warnings.value, spec});
}

import {err, ok, type Report, type Result, unwrap} from "#base";
import {
  CHAIN_PROPERTIES,
  type ChainSpec,
  checkChain,
  collatorsParameters,
  collatorsSpec,
  type NetworkMember,
  overrideParameters,
} from "#chain-spec";
import {
  encodeSs58,
  type KeyPairs,
  type SecretKey,
  type Ss58Prefix,
  secretKeyFromUri,
} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import type {NetOptions} from "./net-options.ts";
import {planOther} from "./plan-other.ts";

/** One node of the network that is to be. */
export interface PlannedNode extends NetworkMember {
  readonly name: string;
  /** Secret of its account and of its session keys. */
  readonly uri: string;
  readonly secret: SecretKey;
  readonly address: string;
  readonly role: "invulnerable" | "candidate";
  /** The wish; 0 for any. */
  readonly rpcPort: number;
}

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

/** A node of one whose account and session keys are of a secret that everybody knows. */
export function plannedNode(
  uri: string,
  {
    i,
    role,
    prefix,
    keyPairs,
    options,
    name = `collator-${i + 1}`,
  }: {
    readonly i: number;
    readonly role: PlannedNode["role"];
    readonly prefix: Ss58Prefix;
    readonly keyPairs: KeyPairs;
    readonly options: Pick<NetOptions, "rpcPort">;
    readonly name?: string;
  },
): PlannedNode {
  const secret = unwrap(secretKeyFromUri("sr25519", uri));
  const account = keyPairs.fromSecret(secret).publicKey;
  return {
    name,
    uri,
    secret,
    account,
    grandpa: unwrap(keyPairs.fromUri("ed25519", uri)).publicKey,
    address: encodeSs58(account, prefix),
    role,
    rpcPort: options.rpcPort === 0 ? 0 : options.rpcPort + i,
  };
}

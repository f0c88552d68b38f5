import {err, ok, type Report, type Result, unwrap} from "#base";
import {
  CHAIN_PROPERTIES,
  type ChainSpec,
  checkChain,
  collatorsParameters,
  collatorsSpec,
  type NetworkMember,
  overrideParameters,
  type Parameters,
} from "#chain-spec";
import {encodeSs58, type SecretKey, secretKeyFromUri} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import type {NetOptions} from "./net-options.ts";

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
  readonly parameters: Parameters;
  readonly nodes: readonly PlannedNode[];
  readonly warnings: readonly string[];
}

/** Who is in the network and what chain it is. */
export async function planNet(options: NetOptions): Promise<Result<NetPlan, Report>> {
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
    const uri = `//Collator//${i + 1}`;
    const secret = unwrap(secretKeyFromUri("sr25519", uri));
    const account = keyPairs.fromSecret(secret).publicKey;
    return {
      name: `collator-${i + 1}`,
      uri,
      secret,
      account,
      grandpa: unwrap(keyPairs.fromUri("ed25519", uri)).publicKey,
      address: encodeSs58(account, CHAIN_PROPERTIES.ss58Format),
      role: i < invulnerables ? "invulnerable" : "candidate",
      rpcPort: options.rpcPort === 0 ? 0 : options.rpcPort + i,
    };
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
  return ok({parameters: parameters.value, nodes, warnings: warnings.value, spec});
}

import {unwrap} from "#base";
import type {NetworkMember} from "#chain-spec";
import {
  encodeSs58,
  type KeyPairs,
  type SecretKey,
  type Ss58Prefix,
  secretKeyFromUri,
} from "#crypto";
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

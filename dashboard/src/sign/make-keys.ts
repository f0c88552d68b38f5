import {bytesToHex} from "../chain/bytes.ts";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";
import type {Signer} from "./signer.ts";

/** Session keys that the node has made. */
export interface MadeKeys {
  /** In hex, all kinds one after the other, as the call to register them takes them. */
  readonly keys: string;
  /** That the node has them, for who registers them; undefined where the runtime makes no proof, or for nobody. */
  readonly proof: string | undefined;
  /** For whom they were made. */
  readonly owner: string | undefined;
}

const UNKNOWN_METHOD = -32601;

/** Has the node make session keys, for somebody if it is known for whom. Nodes of before 2026 know of no owners. */
export async function makeKeys(owner: Signer | undefined): Promise<MadeKeys> {
  if (owner !== undefined) {
    try {
      const account = bytesToHex(owner.signer.publicKey);
      const {keys, proof} = await node.call<{keys: string; proof?: string | null}>(
        "author_rotateKeysWithOwner",
        [account],
      );
      return {keys, proof: proof ?? undefined, owner: owner.address};
    } catch (error) {
      if (!(error instanceof RpcFailure) || error.code !== UNKNOWN_METHOD) throw error;
    }
  }
  return {keys: await node.call<string>("author_rotateKeys"), proof: undefined, owner: undefined};
}

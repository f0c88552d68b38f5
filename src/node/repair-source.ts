import {binaryToHex, bytesToHex, hexToBytes} from "#base";
import {encode} from "#codec";
import type {Hashing} from "#crypto";
import {header} from "#primitives";
import {readBlockJson} from "#snapshot";
import type {RepairSource} from "#store";
import {bodyMatches} from "#sync";

/** A question to a node by JSON-RPC: a method, and its parameters. `undefined` where it answers a failure. */
export type AskNode = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

/**
 * A node of the chain, of whatever make, as somebody who has what this one lost. A block counts by its hash and its body by the
 * root in its header; proofs are looked through for what has the hash that is wanted. Throws what `ask` throws.
 */
export function repairSourceOf(ask: AskNode, hashing: Pick<Hashing, "blockHash">): RepairSource {
  return {
    async block(hash) {
      const answer = await ask("chain_getBlock", bytesToHex(hash));
      const read = answer == null ? undefined : readBlockJson(JSON.stringify(answer));
      if (read?.ok !== true || !bodyMatches(read.value, hashing)) return undefined;
      const {header: fields, body} = read.value;
      return {...fields, header: encode(header, fields), body};
    },
    async proof(block, key, childKey) {
      const at = bytesToHex(block);
      const keys = [binaryToHex(key)];
      const answer =
        childKey === undefined
          ? await ask("state_getReadProof", keys, at)
          : await ask("state_getChildReadProof", binaryToHex(childKey), keys, at);
      const proof = (answer as {proof: readonly string[]} | undefined)?.proof;
      return proof?.flatMap(item => hexToBytes(item) ?? []);
    },
  };
}

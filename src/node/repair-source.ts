import {binaryToHex, bytesToHex, hexToBytes} from "#base";
import {decode, encode} from "#codec";
import type {Hashing} from "#crypto";
import {type DigestItem, digestItem, header} from "#primitives";
import type {RepairSource} from "#store";
import {bodyMatches} from "#sync";

/** A question to a node by JSON-RPC: a method, and its parameters. `undefined` where it answers a failure. */
export type AskNode = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

interface BlockJson {
  readonly header: {
    readonly parentHash: string;
    readonly number: string;
    readonly stateRoot: string;
    readonly extrinsicsRoot: string;
    readonly digest: {readonly logs: readonly string[]};
  };
  readonly extrinsics: readonly string[];
}

/**
 * A node of the chain, of whatever make, as somebody who has what this one lost. A block counts by its hash and its body by the
 * root in its header; proofs are looked through for what has the hash that is wanted. Throws what `ask` throws.
 */
export function repairSourceOf(ask: AskNode, hashing: Pick<Hashing, "blockHash">): RepairSource {
  return {
    async block(hash) {
      const answer = (await ask("chain_getBlock", bytesToHex(hash))) as
        | {block: BlockJson}
        | null
        | undefined;
      const block = answer == null ? undefined : blockOfJson(answer.block);
      return block === undefined || !bodyMatches(block, hashing)
        ? undefined
        : {...block.header, header: encode(header, block.header), body: block.body};
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

/** Undefined for what is no block. */
function blockOfJson({header: json, extrinsics}: BlockJson) {
  const bytes = (hex: string) => hexToBytes(hex) ?? new Uint8Array(0);
  const items: DigestItem[] = [];
  for (const log of json.digest.logs) {
    const item = decode(digestItem, bytes(log));
    if (!item.ok) return undefined;
    items.push(item.value);
  }
  const fields = {
    parentHash: bytes(json.parentHash),
    number: Number(json.number),
    stateRoot: bytes(json.stateRoot),
    extrinsicsRoot: bytes(json.extrinsicsRoot),
    digest: items,
  };
  const hashes = [fields.parentHash, fields.stateRoot, fields.extrinsicsRoot];
  const isBlock = Number.isSafeInteger(fields.number) && hashes.every(({length}) => length === 32);
  return isBlock ? {header: fields, body: extrinsics.map(bytes)} : undefined;
}

import {type BinaryString, bytesToBinary, err, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import type {Turn} from "../budgets/turn.ts";
import {type RpcError, responseTooBig} from "../json-rpc/rpc-error.ts";
import {toHex} from "../shapes/hex.ts";
import {type Walker, walk} from "./walk.ts";

/** Keys that are proved before anybody could miss a turn. */
const TOGETHER = 256;

type Outcome = Result<unknown, RpcError>;
type Prove = (keys: readonly BinaryString[]) => Uint8Array[];

/** The nodes that prove some keys of a block's state, each once, as the read proofs of RPC have them. */
export function readProof(
  context: Walker & {readonly maxResponseBytes: number},
  block: Hash,
  keys: readonly BinaryString[],
  prove: Prove,
): Outcome | Promise<Outcome> {
  const {maxResponseBytes: limit} = context;
  const proved = (nodes: Iterable<Uint8Array>) =>
    ok({at: toHex(block), proof: Array.from(nodes, toHex)});
  if (keys.length <= TOGETHER) return proved(prove(keys));
  return walk(context, async turn => {
    const nodes = await proveMany(keys, prove, {turn, limit});
    return nodes === undefined ? err(responseTooBig(limit)) : proved(nodes);
  });
}

/** The nodes of each group of keys, once; undefined where they come to more than so many bytes of an answer. */
async function proveMany(
  keys: readonly BinaryString[],
  prove: Prove,
  {turn, limit}: {readonly turn: Turn; readonly limit: number},
): Promise<Iterable<Uint8Array> | undefined> {
  const nodes = new Map<BinaryString, Uint8Array>();
  let size = 0;
  for (let i = 0; i < keys.length; i += TOGETHER) {
    for (const node of prove(keys.slice(i, i + TOGETHER))) {
      const name = bytesToBinary(node);
      if (nodes.has(name)) continue;
      nodes.set(name, node);
      size += 2 * node.length;
    }
    if (size > limit) return undefined;
    if (turn.isOver) await turn.next();
  }
  return nodes.values();
}

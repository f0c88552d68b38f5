import {type BinaryString, bytesToBinary, err, ok} from "#base";
import type {StateView} from "#state";
import {stateAt} from "../../access/state-access.ts";
import {walk} from "../../access/walk.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import type {Turn} from "../../dispatch/turn.ts";
import {responseTooBig} from "../../json-rpc/rpc-error.ts";
import {toHex} from "../../shapes/hex.ts";

/** Keys that are proved before anybody could miss a turn. */
const TOGETHER = 256;

/** Proves the values of keys, absent ones too, against the state root in the block's header. */
export const stateGetReadProof = method({
  name: "state_getReadProof",
  params: [param("keys", listOf(storageKey)), optional("at", hash)],
  result: "{at: Hash, proof: [Bytes]}",
  handle(context, keys, at) {
    const {chain, maxResponseBytes: limit} = context;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block);
    if (!view.ok) return view;
    const proved = (nodes: Iterable<Uint8Array>) =>
      ok({at: toHex(block), proof: Array.from(nodes, toHex)});
    if (keys.length <= TOGETHER) return proved(view.value.prove(keys));
    return walk(context, async turn => {
      const nodes = await proveMany(keys, view.value, {turn, limit});
      return nodes === undefined ? err(responseTooBig(limit)) : proved(nodes);
    });
  },
});

/** The nodes of each group of keys, once; undefined where they come to more than so many bytes of an answer. */
async function proveMany(
  keys: readonly BinaryString[],
  view: Pick<StateView, "prove">,
  {turn, limit}: {readonly turn: Turn; readonly limit: number},
): Promise<Iterable<Uint8Array> | undefined> {
  const nodes = new Map<BinaryString, Uint8Array>();
  let size = 0;
  for (let i = 0; i < keys.length; i += TOGETHER) {
    for (const node of view.prove(keys.slice(i, i + TOGETHER))) {
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

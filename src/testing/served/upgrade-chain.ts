import {equalBytes, formatReport} from "#base";
import {describeUnusable} from "#core";
import {type RunningNode, upgradeNode} from "#node";
import {CODE_KEY} from "#primitives";
import {memoryState} from "#state";
import type {ChainUpgrade} from "../chain-api.ts";
import type {ProcessShare} from "./process-share.ts";

/** Upgrades a chain as the live one is; throws with all that went wrong. */
export async function upgradeChain(
  node: RunningNode,
  given: Uint8Array,
  {runtimes, crypto}: ProcessShare,
): Promise<ChainUpgrade> {
  // What a file is read into lies in memory that node hands out in parts.
  const code = new Uint8Array(given);
  const {hashing} = crypto;
  const usable = runtimes.runtimeOf(memoryState([[CODE_KEY, code]], hashing.blake2b256));
  if (!usable.ok) throw new Error(`upgrade: ${describeUnusable(usable.error)}`);
  const known = node.chain.head.state.get(CODE_KEY);
  if (known !== undefined && equalBytes(known, code)) {
    throw new Error("upgrade: that is the code that the chain has already");
  }
  const ran = await upgradeNode(node, code);
  if (!ran.ok) throw new Error(`upgrade: ${formatReport(ran.error)}`);
  const {from, to, blocks, changed, unreadable, failures} = ran.value;
  if (failures.length > 0) {
    throw new Error(`upgrade of ${from} to ${to} failed:\n  ${failures.join("\n  ")}`);
  }
  return {
    from,
    to,
    blocks: blocks.map(({number, what, weight, proofSize}) => ({
      number,
      what,
      weight: weight && {refTime: weight.refTime, proofSize: weight.proofSize},
      proofSize,
    })),
    changed,
    leftBehind: unreadable.map(({item}) => item),
  };
}

import {unwrap} from "#base";
import {type JudgeFailure, judgeBlock, pastBlock} from "#core";
import {describeRuntime} from "#description";
import {relayParentIn} from "#validity";
import type {MemoryNetwork} from "../../../src/testing/network/memory-network.ts";

/** Why a block is not valid, or could not be judged, in words. */
const wordsOf = (error: JudgeFailure): string =>
  "reason" in error ? `${error.code}: ${error.reason}` : error.code;

/**
 * Has the runtime's `validate_block` judge a node's blocks from one number to another, by the proofs that the node records of
 * them. Throws at the first that is refused; answers how many were judged.
 */
export function judgeBlocks(
  network: MemoryNetwork,
  name: string,
  [first, last]: readonly [number, number],
): number {
  const {chain} = network.node(name).core;
  const {signatures} = network.shared;
  const {verifySignature} = signatures;
  let judged = 0;
  for (let number = first; number <= last; number++) {
    const block = unwrap(pastBlock(chain, chain.hashOf(number)!)!);
    const result = judgeBlock(block, {
      verifySignature,
      relayParent({runtime, parentState, body}) {
        const host = chain.host(parentState, signatures);
        return relayParentIn(unwrap(describeRuntime(runtime, host)), body);
      },
    });
    if (!result.ok) throw new Error(`block ${number} is ${wordsOf(result.error)}`);
    judged++;
  }
  return judged;
}

import {type Applied, readApplied} from "../chain/apply-result.ts";
import {bytesToHex} from "../chain/bytes.ts";
import {type ChainRuntime, runtimeAt} from "../chain/runtime.ts";
import type {HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";
import {extensionsFor} from "./extensions.ts";
import type {Signer} from "./signer.ts";

/** A transaction that only has to be sent, and what the node expects of it. */
export interface Rehearsed {
  readonly extrinsic: string;
  /** In the smallest unit; undefined where the node cannot tell. */
  readonly fee: string | undefined;
  /** Why it would not work. */
  readonly failure: string | undefined;
  /** Whether it was: not where the node lets no stranger do so, nor where nobody says what the answer means. */
  readonly rehearsal: "done" | "refused" | "unreadable";
}

/** Signs a call and has the node run it on the best block, without sending it. */
export async function signAndRehearse(call: Uint8Array, signer: Signer): Promise<Rehearsed> {
  const runtime = await runtimeAt();
  const extrinsic = await sign(call, signer, runtime);
  const [fee, rehearsal] = await Promise.all([feeOf(extrinsic), rehearse(extrinsic, runtime)]);
  return {extrinsic, fee, ...rehearsal};
}

/** Whether the transaction would work is for its rehearsal to say: that the fee is not told does not. */
async function feeOf(extrinsic: string): Promise<string | undefined> {
  try {
    return (await node.call<{partialFee: string}>("payment_queryInfo", [extrinsic])).partialFee;
  } catch (error) {
    if (error instanceof RpcFailure && !error.isBreak) return undefined;
    throw error;
  }
}

async function sign(call: Uint8Array, {signer, address}: Signer, runtime: ChainRuntime) {
  const [head, genesis, nonce] = await Promise.all([
    node.call<string>("chain_getFinalizedHead"),
    node.call<string>("chain_getBlockHash", [0]),
    node.call<number>("system_accountNextIndex", [address]),
  ]);
  const header = await node.call<HeaderJson>("chain_getHeader", [head]);
  // Counted from the block before: who tries it out beside the final block, where that is the best and full, knows that one.
  const number = Math.max(Number(header.number) - 1, 0);
  const hash = Number(header.number) === 0 ? head : header.parentHash;
  const extensions = extensionsFor({genesis, number, hash, nonce}, runtime);
  return bytesToHex(await signer.signTx(call, extensions, runtime.metadataBytes, number));
}

const dryRun = (extrinsic: string, at?: string): Promise<string> =>
  node.call("system_dryRun", at === undefined ? [extrinsic] : [extrinsic, at]);

async function parentOfBest(): Promise<string> {
  return (await node.call<HeaderJson>("chain_getHeader")).parentHash;
}

/**
 * It is run behind what the best block holds already. The one in which the session changes is full by itself, which says
 * nothing of the next one: then the block before it is asked.
 */
const isFull = (applied: Applied | undefined): boolean =>
  applied?.isRefused === true && applied.failure?.endsWith("ExhaustsResources") === true;

async function rehearse(
  extrinsic: string,
  runtime: ChainRuntime,
): Promise<Pick<Rehearsed, "failure" | "rehearsal">> {
  try {
    let applied = readApplied(await dryRun(extrinsic), runtime);
    if (isFull(applied)) {
      applied = readApplied(await dryRun(extrinsic, await parentOfBest()), runtime);
    }
    if (applied === undefined) return {failure: undefined, rehearsal: "unreadable"};
    const {failure, isRefused} = applied;
    return {failure: isRefused ? `refused: ${failure}` : failure, rehearsal: "done"};
  } catch (error) {
    if (error instanceof RpcFailure && error.isRefused) {
      return {failure: undefined, rehearsal: "refused"};
    }
    throw error;
  }
}

import {bytesToHex, hexToBytes} from "../chain/bytes.ts";
import {dispatchErrorText} from "../chain/events.ts";
import {type ChainRuntime, runtimeAt} from "../chain/runtime.ts";
import type {HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";
import {extensionsFor} from "./extensions.ts";
import type {Signer} from "./signer.ts";

/** A transaction that only has to be sent, and what the node expects of it. */
export interface Rehearsed {
  readonly extrinsic: string;
  readonly fee: string;
  /** Undefined: it would work; `unknown` where the node does not let a stranger rehearse. */
  readonly failure: string | undefined;
  readonly isRehearsed: boolean;
}

/** Signs a call and has the node run it on the best block, without sending it. */
export async function signAndRehearse(call: Uint8Array, signer: Signer): Promise<Rehearsed> {
  const runtime = await runtimeAt();
  const extrinsic = await sign(call, signer, runtime);
  const [{partialFee}, rehearsal] = await Promise.all([
    node.call<{partialFee: string}>("payment_queryInfo", [extrinsic]),
    rehearse(extrinsic, runtime),
  ]);
  return {extrinsic, fee: partialFee, ...rehearsal};
}

async function sign(call: Uint8Array, {signer, address}: Signer, runtime: ChainRuntime) {
  const [hash, genesis, nonce] = await Promise.all([
    node.call<string>("chain_getFinalizedHead"),
    node.call<string>("chain_getBlockHash", [0]),
    node.call<number>("system_accountNextIndex", [address]),
  ]);
  const header = await node.call<HeaderJson>("chain_getHeader", [hash]);
  const number = Number(header.number);
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
const isFull = ({success, value}: Outcome): boolean =>
  !success && dispatchErrorText(value).endsWith("ExhaustsResources");

interface Outcome {
  readonly success: boolean;
  readonly value: unknown;
}

async function rehearse(
  extrinsic: string,
  {builder, metadata}: ChainRuntime,
): Promise<Pick<Rehearsed, "failure" | "isRehearsed">> {
  try {
    const answer = await dryRun(extrinsic);
    const api = metadata.apis.find(({name}) => name === "BlockBuilder");
    const output = api?.methods.find(({name}) => name === "apply_extrinsic")?.output;
    if (output === undefined) return {failure: undefined, isRehearsed: false};
    const decode = (bytes: string) =>
      builder.buildDefinition(output).dec(hexToBytes(bytes)) as Outcome;
    let applied = decode(answer);
    if (isFull(applied)) applied = decode(await dryRun(extrinsic, await parentOfBest()));
    if (!applied.success) {
      return {failure: `refused: ${dispatchErrorText(applied.value)}`, isRehearsed: true};
    }
    const dispatched = applied.value as Outcome;
    const failure = dispatched.success ? undefined : dispatchErrorText(dispatched.value);
    return {failure, isRehearsed: true};
  } catch (error) {
    if (error instanceof RpcFailure && error.isRefused)
      return {failure: undefined, isRehearsed: false};
    throw error;
  }
}

import {bytesToHex, hex} from "#base";
import type {KeyPair} from "#crypto";
import {type ExtrinsicSigner, nameDispatchError, signerOf} from "#description";
import {birth, type Hash, mortalEra} from "#primitives";
import type {Ask} from "../rpc-client.ts";
import {askEvents} from "./ask-events.ts";
import type {ChainAtHand} from "./chain-at-hand.ts";
import {DeskError} from "./desk-error.ts";
import type {NodeLink} from "./node-link.ts";
import type {OperatorCall, OperatorCalls} from "./operator-calls.ts";
import {signedCall} from "./sign-call.ts";

/** Blocks for which a signature is good: long enough for a full block or ten, short enough to be forgotten. */
const LIFE = 256;
/** Finality that lags further is no reason for a signature that is dead on arrival. */
const MOST_LAG = 32;
const SIGNATURE_SIZE = 64;

/** What calls are signed and encoded for. */
export interface CallSender {
  readonly link: NodeLink;
  readonly ask: Ask;
  readonly chain: ChainAtHand;
  readonly calls: OperatorCalls;
}

export interface IncludedCall {
  readonly block: number;
  readonly hash: string;
}

/** What sending these calls would cost, asked of the chain with a signature that counts for nothing. */
export async function feeOf(
  sender: CallSender,
  account: Uint8Array,
  calls: readonly OperatorCall[],
): Promise<bigint> {
  const nobody: ExtrinsicSigner = {
    scheme: "sr25519",
    account,
    sign: () => new Uint8Array(SIGNATURE_SIZE),
  };
  let sum = 0n;
  for (const call of calls) {
    const bytes = await sign(sender, nobody, call, 0);
    const {partialFee} = (await sender.ask("payment_queryInfo", bytesToHex(bytes))) as {
      partialFee: string;
    };
    sum += BigInt(partialFee);
  }
  return sum;
}

/** Signs, sends, and waits until the call is in a block; one that the chain refuses there is an error. */
export async function sendCall(
  sender: CallSender,
  pair: KeyPair,
  address: string,
  call: OperatorCall,
): Promise<IncludedCall> {
  const {link} = sender;
  const nonce = (await link.ask("system_accountNextIndex", address)) as number;
  const signer = signerOf(pair, sender.chain.hashing);
  const extrinsic = bytesToHex(await sign(sender, signer, call, nonce));
  const hash = await link.until("author_submitAndWatchExtrinsic", [extrinsic], async status =>
    blockIn(status, call),
  );
  const {header, extrinsics} = (
    (await link.ask("chain_getBlock", hash)) as {
      block: {header: {number: string}; extrinsics: readonly string[]};
    }
  ).block;
  const error = await errorAt(sender, call, hash, extrinsics.indexOf(extrinsic));
  const block = Number(header.number);
  if (error === undefined) return {block, hash};
  throw new DeskError({
    code: "call-refused",
    what: `the chain refused ${call.text}`,
    facts: [
      ["reason", error],
      ["block", `${block} ${hash}`],
    ],
    did: "the fee is paid, and nothing else has changed",
    todo: "see the reason; run this again, which looks at everything anew",
  });
}

async function sign(
  {link, chain}: CallSender,
  signer: ExtrinsicSigner,
  {encoded}: OperatorCall,
  nonce: number,
): Promise<Uint8Array> {
  const finalHash = (await link.ask("chain_getFinalizedHead")) as string;
  const [best, final] = await Promise.all([
    numberOf(link, await link.ask("chain_getBlockHash")),
    numberOf(link, finalHash),
  ]);
  const current = Math.max(final, best - MOST_LAG);
  const era = mortalEra(LIFE, current);
  const checkpoint = (await link.ask("chain_getBlockHash", birth(era, current))) as string;
  const mortality = {era, checkpoint: hex(checkpoint) as Hash};
  return signedCall(chain, signer, encoded, {nonce, mortality});
}

async function numberOf(link: NodeLink, hash: unknown): Promise<number> {
  return Number(((await link.ask("chain_getHeader", hash)) as {number: string}).number);
}

/** The block that a status tells of; one after which none can come is an error. */
function blockIn(status: unknown, {text}: OperatorCall): string | undefined {
  if (status !== null && typeof status === "object") {
    const {inBlock, usurped} = status as {inBlock?: string; usurped?: string};
    if (usurped === undefined) return inBlock;
  } else if (status !== "dropped" && status !== "invalid") return undefined;
  throw new DeskError({
    code: "call-dropped",
    what: `the node gave up ${text} before it came into a block`,
    facts: [["status", typeof status === "string" ? status : "replaced by another of the account"]],
    did: "nothing is paid",
    todo: "run this again",
  });
}

/** The name of the error that ended an extrinsic; undefined where it succeeded. */
async function errorAt(
  {ask, chain}: CallSender,
  {text}: OperatorCall,
  hash: string,
  index: number,
): Promise<string | undefined> {
  const list = await askEvents(ask, chain, hash);
  const own = list?.events.filter(({extrinsic}) => extrinsic === index) ?? [];
  const failed = own.find(({name}) => name === "System.ExtrinsicFailed");
  if (failed !== undefined) {
    const {dispatchError} = failed.fields as {readonly dispatchError: unknown};
    return nameDispatchError(chain.description, dispatchError).name;
  }
  if (own.some(({name}) => name === "System.ExtrinsicSuccess")) return undefined;
  throw new DeskError({
    code: "outcome-unknown",
    what: `${text} is in a block, and the chain's events do not say what became of it in a form that this program reads`,
    facts: [["block", hash]],
    did: "sent it; the fee is paid",
    todo: "run this again, which looks at everything anew",
  });
}

import {binaryToHex, bytesToHex, hex} from "#base";
import {type Codec, decodeTrusted} from "#codec";
import type {KeyPair} from "#crypto";
import {signedExtrinsic} from "#node";
import {birth, type DispatchError, type Hash, mortalEra} from "#primitives";
import {errorName} from "#runtime";
import type {ChainAtHand} from "./chain-at-hand.ts";
import {DeskError} from "./desk-error.ts";
import type {NodeLink} from "./node-link.ts";
import type {OperatorCall, OperatorCalls} from "./operator-calls.ts";

/** Blocks for which a signature is good: long enough for a full block or ten, short enough to be forgotten. */
const LIFE = 256;
/** Finality that lags further is no reason for a signature that is dead on arrival. */
const MOST_LAG = 32;
const SIGNATURE_SIZE = 64;

/** What calls are signed and encoded for. */
export interface CallSender {
  readonly link: NodeLink;
  readonly chain: ChainAtHand;
  readonly calls: OperatorCalls;
}

export interface IncludedCall {
  readonly block: number;
  readonly hash: string;
}

/** What sending a call would cost, asked of the chain with a signature that counts for nothing. */
export async function feeOf(
  sender: CallSender,
  account: Uint8Array,
  call: OperatorCall,
): Promise<bigint> {
  const nobody: KeyPair = {
    scheme: "sr25519",
    publicKey: account,
    sign: () => new Uint8Array(SIGNATURE_SIZE),
  };
  const bytes = await sign(sender, nobody, call, 0);
  const {partialFee} = (await sender.link.ask("payment_queryInfo", bytesToHex(bytes))) as {
    partialFee: string;
  };
  return BigInt(partialFee);
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
  const extrinsic = bytesToHex(await sign(sender, pair, call, nonce));
  const hash = await link.until("author_submitAndWatchExtrinsic", [extrinsic], async status =>
    blockIn(status, call),
  );
  const {header, extrinsics} = (
    (await link.ask("chain_getBlock", hash)) as {
      block: {header: {number: string}; extrinsics: readonly string[]};
    }
  ).block;
  const error = await errorAt(sender, hash, extrinsics.indexOf(extrinsic));
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
  {link, chain, calls}: CallSender,
  pair: KeyPair,
  {call}: OperatorCall,
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
  return signedExtrinsic(calls.runtime, pair, call, {
    nonce,
    tip: 0n,
    genesisHash: chain.genesisHash as Hash,
    mortality: {era, checkpoint: hex(checkpoint) as Hash},
  });
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

interface EventRecord {
  readonly phase: {readonly type: string; readonly value?: unknown};
  readonly event: {readonly type: string; readonly value: {type: string; value: unknown}};
}

/** The name of the error that ended an extrinsic. */
async function errorAt(
  {link, calls}: CallSender,
  hash: string,
  index: number,
): Promise<string | undefined> {
  const {composition, system} = calls.runtime;
  const {key, entry} = system.storage.events;
  const bytes = (await link.ask("state_getStorage", binaryToHex(key), hash)) as string | null;
  if (bytes === null) return undefined;
  const events = decodeTrusted(entry.value as Codec<readonly EventRecord[]>, hex(bytes));
  const failed = events.find(
    ({phase, event}) =>
      phase.type === "ApplyExtrinsic" &&
      phase.value === index &&
      event.type === "System" &&
      event.value.type === "ExtrinsicFailed",
  );
  if (failed === undefined) return undefined;
  const {dispatchError} = failed.event.value.value as {dispatchError: DispatchError};
  return errorName(composition.pallets, dispatchError);
}

import type {BlockJson, HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";
import {publicKeyOf} from "../text/account.ts";
import {type ChainEvent, decodeEvents, failureOf} from "./events.ts";
import {type DecodedExtrinsic, decodeExtrinsic} from "./extrinsic.ts";
import {runtimeAt} from "./runtime.ts";
import {slotTimeOf} from "./slot-times.ts";

/** Something in a block: a transaction, or what it, or the block itself, did. */
export interface Happening {
  readonly number: number;
  readonly block: string;
  /** When its slot began, by the chain's time; undefined where that is not told. */
  readonly at: number | undefined;
  /** Its place among all of the block's. */
  readonly place: number;
  readonly what:
    | {readonly sent: DecodedExtrinsic; readonly error: string | undefined}
    | {readonly event: ChainEvent};
}

export interface LookedThrough {
  /** Newest first. */
  readonly found: readonly Happening[];
  /** The next block to be looked through; undefined when there is none. */
  readonly next: number | undefined;
  /** Of these blocks the node keeps no state any more, so that what they did is not known. */
  readonly withoutState: number;
}

/** What is looked for: of an account, or events whose names or words hold a text; all events where that is empty. */
export type Wanted = {readonly account: string} | {readonly text: string};

const AT_ONCE = 20;
/** So much is shown at a time, and so many blocks are read for it. */
const ENOUGH = 50;
const MOST_BLOCKS = 200;

/** Goes through blocks from one on, to older ones down to `last`, until there is enough to show. */
export async function lookThrough(from: number, wanted: Wanted, last = 0): Promise<LookedThrough> {
  const found: Happening[] = [];
  let withoutState = 0;
  let next = from;
  while (next >= last && found.length < ENOUGH && from - next < MOST_BLOCKS) {
    const numbers = Array.from({length: Math.min(AT_ONCE, next - last + 1)}, (_, i) => next - i);
    const hashes = await node.call<(string | null)[]>("chain_getBlockHash", [numbers]);
    const blocks = await Promise.all(
      hashes.map(hash => (hash === null ? undefined : readBlock(hash, wanted))),
    );
    for (const block of blocks) {
      if (block === undefined) continue;
      found.push(...block.found);
      if (!block.hasState) withoutState++;
    }
    next -= numbers.length;
  }
  return {found, next: next >= last ? next : undefined, withoutState};
}

/** Where each block keeps its events: `System.Events`, hashed as all plain entries are. */
const EVENTS = "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7";

interface ReadBlock {
  readonly found: readonly Happening[];
  readonly hasState: boolean;
}

async function readBlock(block: string, wanted: Wanted): Promise<ReadBlock> {
  const [body, events] = await Promise.all([
    node.call<BlockJson | null>("chain_getBlock", [block]),
    eventBytes(block),
  ]);
  if (body === null) return {found: [], hasState: true};
  const hasState = events !== "none kept";
  const known = hasState && events !== null ? events : "";
  const {header, extrinsics} = body.block;
  // Bytes are compared before anything is decoded: most blocks have nothing to do with an account.
  const isOfInterest =
    "account" in wanted
      ? [known, ...extrinsics].some(each => each.includes(digitsOf(wanted.account)))
      : known !== "";
  if (!isOfInterest) return {found: [], hasState};
  const found = await happenings({block, header, extrinsics, events: known}, wanted);
  return {found, hasState};
}

const digitsOf = (account: string): string => publicKeyOf(account).slice(2);

async function eventBytes(block: string): Promise<string | null | "none kept"> {
  try {
    return await node.call<string | null>("state_getStorage", [EVENTS, block]);
  } catch (error) {
    if (error instanceof RpcFailure && !error.isBreak) return "none kept";
    throw error;
  }
}

interface Bytes {
  readonly block: string;
  readonly header: HeaderJson;
  readonly extrinsics: readonly string[];
  readonly events: string;
}

async function happenings(
  {block, header, extrinsics, events}: Bytes,
  wanted: Wanted,
): Promise<readonly Happening[]> {
  const number = Number(header.number);
  // A block is encoded by the runtime that its parent left.
  const runtime = await runtimeAt(number === 0 ? block : header.parentHash);
  const at = (await slotTimeOf(header))?.began;
  const did = events === "" ? [] : decodeEvents(events, runtime);
  const sent = "account" in wanted ? extrinsics.map(each => decodeExtrinsic(each, runtime)) : [];
  const of = (place: number, what: Happening["what"]): Happening => ({
    number,
    block,
    at,
    place,
    what,
  });
  return [
    ...sent.flatMap((each, i) =>
      isBy(each, wanted) ? [of(i, {sent: each, error: failureOf(did, i)})] : [],
    ),
    ...did.flatMap((event, i) => (isWanted(event, wanted) ? [of(i, {event})] : [])),
  ];
}

const isBy = ({signer}: DecodedExtrinsic, wanted: Wanted): boolean =>
  "account" in wanted &&
  signer !== undefined &&
  publicKeyOf(signer) === publicKeyOf(wanted.account);

function isWanted({pallet, name, said}: ChainEvent, wanted: Wanted): boolean {
  if ("account" in wanted) {
    const key = publicKeyOf(wanted.account);
    return said.some(
      part => typeof part === "object" && "account" in part && publicKeyOf(part.account) === key,
    );
  }
  // Of each extrinsic of each block there is one, and it says no more than that.
  if (wanted.text.trim() === "") return `${pallet}.${name}` !== "System.ExtrinsicSuccess";
  const words = [`${pallet}.${name}`, ...said.filter(part => typeof part === "string")];
  return words.join(" ").toLowerCase().includes(wanted.text.trim().toLowerCase());
}

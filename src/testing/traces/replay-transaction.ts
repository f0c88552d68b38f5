import {bytesToHex, formatReport} from "#base";
import {type BlockPart, type PartReplay, type PastBlock, replayPart} from "#core";
import type {Hashing} from "#crypto";
import {
  type ChainDescription,
  findItem,
  findPallet,
  readEvents,
  readExtrinsic,
  storageKey,
  variantsOf,
} from "#description";
import {describeValidityError} from "#primitives";
import {type ApiFailure, describeApiFailure, type RuntimeHost} from "#runtime-api";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestEvent} from "../api.ts";
import {EventReader, errorIn, weightIn} from "../chain/readable-event.ts";
import type {TracedAccess, TransactionReplay} from "../chain-api.ts";
import {callTree} from "./call-tree.ts";
import type {RuntimeWords} from "./runtime-words.ts";
import {StorageNames} from "./storage-names.ts";

/** What a replay reads with: of the runtime that executes the block, its parent's. */
export interface ReplayGround {
  readonly description: ChainDescription;
  readonly hashing: Hashing;
  readonly accounts: AccountBook;
  readonly verifySignature: RuntimeHost["verifySignature"];
  readonly words: RuntimeWords;
}

/** Executes a block once more up to one of its parts, and says by names what that did. */
export function replayTransaction(
  block: PastBlock,
  part: BlockPart,
  {description, hashing, accounts, verifySignature, words}: ReplayGround,
): TransactionReplay {
  const {value: replayed, said} = words.during(() => replayPart(block, part, {verifySignature}));
  const reader = new EventReader(description, accounts);
  const readable = (value: unknown) => reader.readable(value);
  const names = new StorageNames(description, hashing, accounts, readable);
  const events = eventsOf(replayed, part, {description, hashing, reader});
  const error = errorOf(replayed, events);
  return {
    block: block.header.number,
    index: typeof part === "number" ? part : undefined,
    ...(typeof part === "number" ? whatIsIn(block.body[part]!, description, readable) : NOTHING),
    error,
    docs: error === undefined ? "" : docsOf(description, error),
    panic: replayed.failure && panicText(replayed.failure),
    events,
    logs: said,
    weight: weightIn(events),
    proofSize: replayed.proofSize,
    changes: replayed.changes.map(({key, was, is}) => ({
      item: names.key(key),
      was: names.value(key, was),
      is: names.value(key, is),
    })),
    accesses: replayed.accesses.map(({method, key, value}): TracedAccess => {
      const kind = KINDS[method];
      const isOfItem = kind === "read" || kind === "write";
      const shown = isOfItem ? names.value(key, value) : value && bytesToHex(value.subarray(0, 32));
      return {
        kind,
        item: names.key(key),
        value: method === "Exists" ? value !== undefined : kind === "clear" ? undefined : shown,
      };
    }),
  };
}

const KINDS = {
  Get: "read",
  Exists: "has",
  Put: "write",
  Append: "append",
  NextKey: "next",
  ClearPrefix: "clear",
} as const satisfies Record<PartReplay["accesses"][number]["method"], TracedAccess["kind"]>;

const NOTHING = {call: undefined, signer: undefined};

/** Bytes that nobody can read are no reason to tell nothing of what they did. */
function whatIsIn(
  extrinsic: Uint8Array,
  description: ChainDescription,
  readable: (value: unknown) => unknown,
): Pick<TransactionReplay, "call" | "signer"> {
  const read = readExtrinsic(description, extrinsic);
  if (!read.ok) return NOTHING;
  const {address, call} = read.value;
  const account = readable(address);
  const {value = account} = (account ?? {}) as {readonly value?: unknown};
  return {
    call: callTree(description, call, readable),
    signer: typeof value === "string" ? value : undefined,
  };
}

function eventsOf(
  {changes}: PartReplay,
  part: BlockPart,
  {
    description,
    hashing,
    reader,
  }: Pick<ReplayGround, "description" | "hashing"> & {reader: EventReader},
): readonly TestEvent[] {
  const item = findItem(description, "System.Events");
  const key = item && storageKey(item, [], hashing);
  const written = key?.ok ? changes.find(change => change.key === key.value)?.is : undefined;
  const read = written && readEvents(description, written);
  if (!read?.ok) return [];
  return read.value.events
    .filter(({extrinsic, phase}) =>
      part === "beginning" ? phase === "Initialization" : extrinsic === part,
    )
    .map(event => reader.read(event));
}

function errorOf({answer}: PartReplay, events: readonly TestEvent[]): string | undefined {
  if (answer?.ok === false) return describeValidityError(answer.error);
  return errorIn(events);
}

/** What a pallet says of its error. */
function docsOf(description: ChainDescription, error: string): string {
  const [pallet = "", name = ""] = error.split(".");
  const found = variantsOf(findPallet(description, pallet)?.errors).find(one => one.name === name);
  return found?.docs.join(" ").trim() ?? "";
}

/** With file and line, where the runtime was built so; what its host knows of the place beneath it. */
function panicText(failure: ApiFailure): string {
  const what = describeApiFailure(failure);
  if (failure.code !== "trap" || failure.facts === undefined) return what;
  return formatReport({code: failure.name, what: failure.message, facts: failure.facts});
}

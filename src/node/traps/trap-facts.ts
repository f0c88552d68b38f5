import {binaryToBytes, bytesToHex, type Report} from "#base";
import {attempt, decode} from "#codec";
import type {Hashing} from "#crypto";
import {type ChainDescription, findItem, readExtrinsic, readStored, storageKey} from "#description";
import {opaqueExtrinsic} from "#primitives";
import {block, type Touch, type Trap} from "#runtime-api";
import type {Externalities} from "#state";
import {TrieFault} from "#trie";

export interface TrapScope {
  /** As the call left it. */
  readonly state: Pick<Externalities, "get">;
  /** Undefined where the runtime does not describe itself. */
  readonly description: ChainDescription | undefined;
  readonly hashing: Hashing;
}

type Facts = NonNullable<Report["facts"]>;

/** Frames of a runtime's that go on one line: with less one does not see who asked, with more nothing. */
const FRAMES = 12;
/** Bytes of an extrinsic or a key that is shown as they are. */
const HEAD = 32;
/** Bytes of an extrinsic that is read for its name: what is longer carries code, or is there to cost something. */
const LONGEST_READ = 65_536;
/** Twox128 of the pallet's prefix and of the item's name. */
const ITEM_PREFIX = 32;

/** What was at hand when a call trapped, a line each: the extrinsic, the runtime's stack, storage touched last. */
export function trapFacts(trap: Trap, args: Uint8Array, scope: TrapScope): Facts {
  const extrinsic = extrinsicAt(trap.name, args, scope);
  const {stack = [], touched = []} = trap.place ?? {};
  return [
    ...(extrinsic === undefined ? [] : [["extrinsic", extrinsic] as const]),
    ...(stack.length === 0 ? [] : [["stack", frames(stack)] as const]),
    ...(touched.length === 0 ? [] : [["storage", touches(touched, scope)] as const]),
  ];
}

const frames = (stack: readonly string[]): string =>
  [...stack.slice(0, FRAMES), ...(stack.length > FRAMES ? ["…"] : [])].join(" < ");

/** Each once, the latest first. */
const touches = (touched: readonly Touch[], scope: TrapScope): string =>
  [...new Set(touched.map(one => describeTouch(one, scope)))].join(", ");

const KINDS: Readonly<Record<Touch["kind"], string>> = {
  read: "read",
  write: "wrote",
  remove: "removed",
  next: "looked after",
  clear: "cleared",
};

function describeTouch({kind, key, child}: Touch, scope: TrapScope): string {
  const within = child === undefined ? "" : ` of child trie ${shownBytes(binaryToBytes(child))}`;
  const name = child === undefined ? nameOfKey(key, scope) : shownBytes(binaryToBytes(key));
  return `${KINDS[kind]} ${name}${within}`;
}

/** By pallet and item where the description has them; keys that are not hashed are words. */
function nameOfKey(key: string, {description, hashing}: TrapScope): string {
  if (/^:[\x20-\x7e]{1,64}$/.test(key)) return key;
  for (const {storage} of description?.pallets ?? []) {
    for (const item of storage) {
      const prefix = storageKey(item, [], hashing);
      if (!prefix.ok || !key.startsWith(prefix.value)) continue;
      const rest = key.slice(ITEM_PREFIX);
      const under = rest === "" ? "" : `[${shownBytes(binaryToBytes(rest))}]`;
      return `${item.pallet}.${item.name}${under}`;
    }
  }
  return shownBytes(binaryToBytes(key));
}

function shownBytes(bytes: Uint8Array): string {
  const shown = bytesToHex(bytes.subarray(0, HEAD));
  return bytes.length <= HEAD ? shown : `${shown}… (${bytes.length} bytes)`;
}

/** Which extrinsic the call was about, or which of its block was being applied. */
function extrinsicAt(name: string, args: Uint8Array, scope: TrapScope): string | undefined {
  switch (name) {
    case "BlockBuilder_apply_extrinsic": {
      const index = phaseOf(scope);
      const place = typeof index === "number" ? `${index}: ` : "";
      return `${place}${describeExtrinsic(args, scope)}`;
    }
    case "TaggedTransactionQueue_validate_transaction": {
      const read = attempt(args, source => {
        source.u8();
        return opaqueExtrinsic.decodeFrom(source);
      });
      return read.ok ? describeExtrinsic(read.value, scope) : undefined;
    }
    case "Core_execute_block": {
      const phase = phaseOf(scope);
      if (typeof phase !== "number") return phase;
      const read = decode(block, args);
      const extrinsic = read.ok ? read.value.extrinsics[phase] : undefined;
      return extrinsic === undefined
        ? undefined
        : `${phase}: ${describeExtrinsic(extrinsic, scope)}`;
    }
    default:
      return undefined;
  }
}

/** The index of the extrinsic being applied, or in words that there is none, as FRAME keeps it in its state. */
function phaseOf({description, hashing, state}: TrapScope): number | string | undefined {
  const item = description && findItem(description, "System.ExecutionPhase");
  const key = item && storageKey(item, [], hashing);
  if (item === undefined || !key?.ok) return undefined;
  const stored = valueAt(state, key.value);
  const read = stored === undefined ? undefined : readStored(item, stored);
  if (read?.kind !== "value") return undefined;
  const {type, value} = read.value as {type?: unknown; value?: unknown};
  if (type === "Initialization") return "none yet: the block was being begun";
  if (type === "Finalization") return "none any more: the block was being ended";
  return typeof value === "number" ? value : undefined;
}

function valueAt(state: TrapScope["state"], key: string): Uint8Array | undefined {
  try {
    return state.get(key);
  } catch (error) {
    // A part of the state that is not at hand, which may be why the call went wrong.
    if (error instanceof TrieFault) return undefined;
    throw error;
  }
}

function describeExtrinsic(bytes: Uint8Array, {description, hashing}: TrapScope): string {
  const hash = bytesToHex(hashing.blake2b256(bytes));
  const read =
    description === undefined || bytes.length > LONGEST_READ
      ? undefined
      : readExtrinsic(description, bytes);
  return read?.ok
    ? `${read.value.call.pallet}.${read.value.call.name} (${hash})`
    : `${hash}, ${shownBytes(bytes)}`;
}

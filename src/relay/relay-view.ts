import {
  type BinaryString,
  bytesToHex,
  concatBytes,
  err,
  type Millis,
  millis,
  ok,
  type Result,
} from "#base";
import {bytes as byteList, encode, fixedBytes, option, struct, u32, u64, vec} from "#codec";
import type {Hashing} from "#crypto";
import {memoryState} from "#state";
import {relayKeys} from "./relay-keys.ts";

/** Milliseconds of a relay chain's slot, on Polkadot and Kusama, and in the runtimes of their parachains. */
export const RELAY_SLOT = 6_000;
/** Blocks of an epoch: four hours, as on Polkadot. */
const EPOCH = 2_400;

/**
 * `AbridgedHostConfiguration`, eleven numbers of 32 bits: as Kusama had them in 2024, but for the delay of an upgrade and the
 * pause between two, which runtimes of 2021 count in relay blocks themselves: ten and one, that nobody waits an hour or a day
 * in a rehearsal. Older runtimes read the first nine.
 */
const HOST_CONFIGURATION = {
  max_code_size: 3 * 1_024 * 1_024,
  max_head_data_size: 20_480,
  max_upward_queue_count: 174_762,
  max_upward_queue_size: 1_048_576,
  max_upward_message_size: 65_531,
  max_upward_message_num_per_candidate: 16,
  hrmp_max_message_num_per_candidate: 10,
  validation_upgrade_cooldown: 1,
  validation_upgrade_delay: 10,
  max_candidate_depth: 3,
  allowed_ancestry_len: 2,
};
const hostConfiguration = struct({
  max_code_size: u32,
  max_head_data_size: u32,
  max_upward_queue_count: u32,
  max_upward_queue_size: u32,
  max_upward_message_size: u32,
  max_upward_message_num_per_candidate: u32,
  hrmp_max_message_num_per_candidate: u32,
  validation_upgrade_cooldown: u32,
  validation_upgrade_delay: u32,
  max_candidate_depth: u32,
  allowed_ancestry_len: u32,
});

/** Bytes that the parts of a block may come to together, proof included, on Kusama and Polkadot. */
const MAX_POV_SIZE = 5 * 1_024 * 1_024;

/** `AbridgedHrmpChannel`: with room for what nobody sends. */
const channel = struct({
  max_capacity: u32,
  max_total_size: u32,
  max_message_size: u32,
  msg_count: u32,
  total_size: u32,
  mqc_head: option(fixedBytes(32)),
});
const EMPTY_CHANNEL = {
  max_capacity: 1_000,
  max_total_size: 102_400,
  max_message_size: 102_400,
  msg_count: 0,
  total_size: 0,
};

/** `UpgradeGoAhead::GoAhead`. */
const GO_AHEAD = Uint8Array.of(1);

/** All that a view is a function of. */
export interface RelayWorld {
  readonly paraId: number;
  /** Of the chain's settings: a relay block's number is its slot less this. */
  readonly offset: number;
  /** SCALE, as the parachain has it: seal included. It is the included head. */
  readonly parentHead: Uint8Array;
  /** When the block's slot begins, in the chain's time. */
  readonly slotBegins: Millis;
  /** Whether the parachain waits for leave to change its code. */
  readonly hasPendingCode: boolean;
  /** Heads of message queues as the parachain's state has them, 32 bytes: unless the relay chain has the same, it stops. */
  readonly downwardHead: Uint8Array | undefined;
  /** Messages that the relay chain sends down in this block: XCM in SCALE. None where nobody plays the relay chain. */
  readonly downward?: readonly Uint8Array[];
  /** By sender, in rising order. */
  readonly channels: readonly {readonly sender: number; readonly head: Uint8Array}[];
}

export interface DownwardMessage {
  /** The relay block in which it was sent. */
  readonly sentAt: number;
  readonly message: Uint8Array;
}

/** What a parachain's block is told of the relay chain. */
export interface RelayView {
  readonly parentHead: Uint8Array;
  readonly number: number;
  readonly slot: number;
  readonly root: Uint8Array;
  readonly maxPovSize: number;
  readonly downward: readonly DownwardMessage[];
  /** Nodes of a trie of layout V0, BLAKE2b-256, that holds these entries and no others, in the order of their bytes. */
  readonly proof: readonly Uint8Array[];
}

/** A slot whose relay block has no number: before the first one, or beyond what 32 bits hold. */
export interface RelayNumberMissing {
  readonly slotBegins: Millis;
  /** From the first relay block's slot to the end of the last one's, in the chain's time. */
  readonly first: Millis;
  readonly end: Millis;
}

/** When a relay chain begins and ends whose block's numbers are their slots less an offset: they have 32 bits. */
export const relayLifetime = (offset: number): {readonly first: Millis; readonly end: Millis} => ({
  first: millis(offset * RELAY_SLOT),
  end: millis((offset + 2 ** 32) * RELAY_SLOT),
});

/** The relay chain as the block of a slot on a parent sees it. The same world gives the same view on every node. */
export function relayView(
  world: RelayWorld,
  hashing: Hashing,
): Result<RelayView, RelayNumberMissing> {
  const {slotBegins, offset} = world;
  const {first, end} = relayLifetime(offset);
  if (slotBegins < first || slotBegins >= end) return err({slotBegins, first, end});
  const slot = Math.floor(slotBegins / RELAY_SLOT);
  const number = slot - offset;
  const downward = (world.downward ?? []).map(message => ({sentAt: number, message}));
  const downwardHead = downward.reduce(
    (head, message) => extendQueue(head, message, hashing),
    world.downwardHead,
  );
  const entries = relayEntries({...world, downwardHead}, {slot, number}, hashing);
  const state = memoryState(entries, data => hashing.blake2b256(data));
  return ok({
    parentHead: world.parentHead,
    number,
    slot,
    root: state.root(),
    maxPovSize: MAX_POV_SIZE,
    downward,
    // Runtimes from 2022 on hold them as a set, and write them into the extrinsic in its order.
    proof: [...state.prove(entries.map(([key]) => key))].sort(byBytes),
  });
}

/** The head of a queue's chain of messages with one more (`MessageQueueChain::extend_downward`). */
function extendQueue(
  head: Uint8Array | undefined,
  {sentAt, message}: DownwardMessage,
  hashing: Hashing,
): Uint8Array {
  const hashed = hashing.blake2b256(encode(byteList, message));
  const before = head ?? new Uint8Array(hashed.length);
  return hashing.blake2b256(concatBytes(before, encode(u32, sentAt), hashed));
}

function relayEntries(
  {paraId, parentHead, hasPendingCode, downwardHead, channels}: RelayWorld,
  {slot, number}: {readonly slot: number; readonly number: number},
  hashing: Hashing,
): [BinaryString, Uint8Array][] {
  const keys = relayKeys(hashing, paraId);
  const entries: [BinaryString, Uint8Array][] = [
    [keys.activeConfig, encode(hostConfiguration, HOST_CONFIGURATION)],
    [keys.currentSlot, encode(u64, BigInt(slot))],
    [keys.epochIndex, encode(u64, BigInt(Math.floor(slot / EPOCH)))],
    [keys.head, encode(byteList, parentHead)],
  ];
  // As good as the ones that mocks give: known to everybody beforehand.
  const random = hashing.blake2b256(encode(u32, number));
  const [twoAgo, last, current] = keys.randomness;
  entries.push([twoAgo!, random], [last!, random], [current!, Uint8Array.of(1, ...random)]);
  if (hasPendingCode) entries.push([keys.goAhead, GO_AHEAD]);
  if (downwardHead !== undefined) entries.push([keys.downwardHead, downwardHead]);
  if (channels.length > 0) {
    const senders = channels.map(({sender}) => sender);
    entries.push([keys.ingress, encode(vec(u32), senders)]);
    for (const {sender, head} of channels) {
      entries.push([keys.channelFrom(sender), encode(channel, {...EMPTY_CHANNEL, mqc_head: head})]);
    }
  }
  return entries;
}

function byBytes(a: Uint8Array, b: Uint8Array): number {
  const [first, second] = [bytesToHex(a), bytesToHex(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

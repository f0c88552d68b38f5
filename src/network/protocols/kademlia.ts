import type {Result} from "#base";
import type {Malformed} from "./malformed.ts";
import {decodeMessage, eachField, MessageWriter, pushBounded} from "./protobuf.ts";

/** Message types that we tell apart; the rest (records and providers) is answered as if it were FIND_NODE. */
export const KADEMLIA_TYPE = {findNode: 4, ping: 5} as const;

export interface KademliaPeer {
  /** The peer id's bytes, not its text. */
  readonly id: Uint8Array;
  /** Binary multiaddrs without `/p2p/…`. */
  readonly addresses: readonly Uint8Array[];
}

/** A request or a response (spec §1.3); records and providers are left out. */
export interface KademliaMessage {
  readonly type: number;
  readonly key: Uint8Array;
  readonly closerPeers: readonly KademliaPeer[];
}

/** Kademlia's k: peers of one answer. */
export const KADEMLIA_K = 20;
const MAX_ADDRESSES = 16;

export function encodeKademlia({type, key, closerPeers}: KademliaMessage): Uint8Array {
  const message = new MessageWriter();
  if (type !== 0) message.uint32(1, type);
  if (key.length > 0) message.bytes(2, key);
  for (const {id, addresses} of closerPeers) {
    const peer = new MessageWriter().bytes(1, id);
    for (const address of addresses) peer.bytes(2, address);
    message.bytes(8, peer.finish());
  }
  return message.finish();
}

export function decodeKademlia(bytes: Uint8Array): Result<KademliaMessage, Malformed> {
  return decodeMessage(() => {
    let type = 0;
    let key: Uint8Array = new Uint8Array(0);
    const closerPeers: KademliaPeer[] = [];
    eachField(bytes, (field, value) => {
      if (field === 1) type = value.uint32();
      else if (field === 2) key = value.bytes();
      else if (field === 8) pushBounded(closerPeers, readPeer(value.message()), KADEMLIA_K);
      else value.skip();
    });
    return {type, key, closerPeers};
  });
}

function readPeer(bytes: Uint8Array): KademliaPeer {
  let id: Uint8Array = new Uint8Array(0);
  const addresses: Uint8Array[] = [];
  eachField(bytes, (field, value) => {
    if (field === 1) id = value.bytes();
    else if (field === 2) pushBounded(addresses, value.bytes(), MAX_ADDRESSES);
    else value.skip();
  });
  return {id, addresses};
}

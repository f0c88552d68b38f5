import type {NodeConfiguration} from "../configuration.ts";
import {type PeerIdentity, peerIdentityOf} from "../peer-identity.ts";

/** Each made once a process: they are the same for every network. */
const identities: PeerIdentity[] = [];

/** Names among peers need no secret here: nobody outside can pretend to be one of them. */
export function memoryIdentity(index: number): PeerIdentity {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(0, index + 1);
  identities[index] ??= peerIdentityOf(seed);
  return identities[index];
}

/** One of so many nodes on a network in memory, which know each other; alone it listens to nobody. */
export function memoryNeighbours(index: number, count: number): NodeConfiguration["network"] {
  const isAlone = count === 1;
  const addresses = Array.from({length: count}, (_, i) => {
    const {peerId} = memoryIdentity(i);
    return `/memory/${peerId}/p2p/${peerId}`;
  });
  return {
    listen: isAlone ? [] : [["memory"]],
    announce: [],
    bootnodes: isAlone ? [] : addresses.filter((_, other) => other !== index),
    reserved: [],
    reservedOnly: false,
    slots: {},
    nodeKey: {secret: memoryIdentity(index).secret},
  };
}

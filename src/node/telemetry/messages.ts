import {bytesToHex, type Hex} from "#base";
import type {Hash} from "#primitives";

/** What a message says beside its kind, as the server expects it. */
export type Payload = Readonly<Record<string, unknown>> & {readonly msg: string};

export interface Introduction {
  readonly name: string;
  readonly version: string;
  readonly chain: string;
  readonly genesisHash: Hash;
  readonly peerId: string;
  readonly isCollator: boolean;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
}

/** The first message of a connection. */
export const connected = (who: Introduction): Payload => ({
  msg: "system.connected",
  chain: who.chain,
  name: who.name,
  config: "",
  genesis_hash: bytesToHex(who.genesisHash),
  implementation: "khala",
  version: who.version,
  startup_time: String(who.startedAt),
  network_id: who.peerId,
  authority: who.isCollator,
  target_os: process.platform,
  target_arch: process.arch,
});

export interface Heights {
  readonly best: {readonly number: number; readonly hash: Hash};
  readonly finalized: {readonly number: number; readonly hash: Hash};
}

export const interval = ({best, finalized}: Heights, peers: number, waiting: number): Payload => ({
  msg: "system.interval",
  best: bytesToHex(best.hash),
  height: best.number,
  finalized_hash: bytesToHex(finalized.hash),
  finalized_height: finalized.number,
  peers,
  txcount: waiting,
});

export const imported = (hash: Hash, height: number, isOwn: boolean): Payload => ({
  msg: "block.import",
  best: bytesToHex(hash),
  height,
  origin: isOwn ? "Own" : "NetworkBroadcast",
});

export const finalized = (hash: Hash, height: number): Payload => ({
  msg: "notify.finalized",
  best: bytesToHex(hash) satisfies Hex,
  height: String(height),
});

/** One node a connection, so the number that tells several apart is always the same. */
const NODE = 1;

export const frame = (payload: Payload, now: number): string =>
  JSON.stringify({id: NODE, ts: new Date(now).toISOString(), payload});

import {bytesToHex, type Millis, millis} from "#base";
import type {Hash} from "#primitives";

const KIBIBYTE = 1_024;
const MEBIBYTE = 1_024 * KIBIBYTE;

/** What names a chain's protocols. */
export interface ChainNames {
  readonly genesisHash: Hash;
  /** Of a fork that shares its genesis with another chain. */
  readonly forkId?: string;
  /** The chain spec's `protocolId`, for names older than genesis hashes in names. */
  readonly protocolId: string;
}

export interface NotificationLimits {
  readonly maxHandshake: number;
  readonly maxMessage: number;
}

export interface RequestLimits {
  readonly maxRequest: number;
  readonly maxResponse: number;
  readonly timeout: Millis;
  /** Requests of one peer that are answered at once (spec §4). */
  readonly perPeer: number;
  /** Requests of all peers that wait or are being answered; Substrate's queues for light and warp have 20. */
  readonly queue: number;
}

/** Spec §1.4. A handshake has 69 bytes at most, but 1,024 is what others allow. */
export const NOTIFICATION_LIMITS = {
  blockAnnounces: {maxHandshake: KIBIBYTE, maxMessage: MEBIBYTE},
  // Substrate's limit is 16 MiB, which is three blocks full of transactions; the spec advises 5.
  transactions: {maxHandshake: KIBIBYTE, maxMessage: 5 * MEBIBYTE},
  grandpa: {maxHandshake: KIBIBYTE, maxMessage: MEBIBYTE},
} as const satisfies Record<string, NotificationLimits>;

/** Spec §1.5. */
export const REQUEST_LIMITS = {
  blocks: request(MEBIBYTE, 20_000, 2, 40),
  state: request(MEBIBYTE, 40_000, 2, 20),
  light: request(MEBIBYTE, 15_000, 4, 20),
  warp: request(32, 10_000, 2, 20),
  kademlia: {...request(4 * KIBIBYTE, 10_000, 4, 100), maxResponse: 64 * KIBIBYTE},
} as const satisfies Record<string, RequestLimits>;

function request(
  maxRequest: number,
  timeout: number,
  perPeer: number,
  queue: number,
): RequestLimits {
  return {maxRequest, maxResponse: 16 * MEBIBYTE, timeout: millis(timeout), perPeer, queue};
}

export type NotificationName = keyof typeof NOTIFICATION_LIMITS;
export type RequestName = keyof typeof REQUEST_LIMITS;

const PATHS: Readonly<Record<NotificationName | RequestName, string>> = {
  blockAnnounces: "block-announces/1",
  transactions: "transactions/1",
  grandpa: "grandpa/1",
  blocks: "sync/2",
  state: "state/2",
  light: "light/2",
  warp: "sync/warp",
  kademlia: "kad",
};

/** A protocol's names in the order in which they are offered: by genesis hash and fork, then the old one. */
export function protocolNames(
  {genesisHash, forkId, protocolId}: ChainNames,
  name: NotificationName | RequestName,
): readonly string[] {
  const chain = bytesToHex(genesisHash).slice(2) + (forkId === undefined ? "" : `/${forkId}`);
  const old = name === "grandpa" ? "paritytech" : protocolId;
  return [`/${chain}/${PATHS[name]}`, `/${old}/${PATHS[name]}`];
}

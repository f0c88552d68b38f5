import type {NetNodeSaid, NetNodeState} from "../../../src/rpc/questions/net.ts";

/** A node of `khala net`; null: not heard yet, and not gone. */
export type NetNode = Omit<NetNodeState, "said" | "goneSince"> & {
  readonly said: NetNodeSaid | null;
  readonly goneSince: number | null;
};

/** A header as Substrate's JSON-RPC shows it. */
export interface HeaderJson {
  readonly parentHash: string;
  readonly number: string;
  readonly stateRoot: string;
  readonly extrinsicsRoot: string;
  readonly digest: {readonly logs: readonly string[]};
}

export interface BlockJson {
  readonly block: {readonly header: HeaderJson; readonly extrinsics: readonly string[]};
}

export interface Health {
  readonly peers: number;
  readonly isSyncing: boolean;
  readonly shouldHavePeers: boolean;
}

export interface PeerJson {
  readonly peerId: string;
  readonly roles: string;
  readonly bestHash: string;
  readonly bestNumber: number;
}

export interface Ban {
  readonly peerId: string;
  readonly reason: string;
  readonly until: number;
}

export interface SyncProgress {
  readonly stage: string;
  readonly best: number;
  readonly target: number;
  readonly blocksPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly waitingFor: string | null;
}

/** Null: the chain does not publish it. */
export interface SessionInfo {
  readonly index: number | null;
  readonly period: number | null;
  readonly blocksInto: number | null;
  readonly nextRotationBlock: number | null;
  readonly nextRotationAt: number | null;
  readonly authors: readonly string[] | null;
}

interface Round {
  readonly round: number;
  readonly totalWeight: number;
  readonly thresholdWeight: number;
  readonly prevotes: {readonly currentWeight: number; readonly missing: readonly string[]};
  readonly precommits: {readonly currentWeight: number; readonly missing: readonly string[]};
}

export interface RoundState {
  readonly setId: number;
  /** Milliseconds since the node entered the round; null before it began. */
  readonly age: number | null;
  readonly best: Round;
}

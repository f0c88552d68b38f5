import {millis, silentLogger} from "#base";
import {steadyClock, systemClock} from "#core";
import type {MemoryHub} from "#network";
import {
  type NodeConfiguration,
  type NodeDependencies,
  type PeerIdentity,
  peerIdentityOf,
} from "#node";
import type {ChainOptions} from "../chain-api.ts";
import type {ReadyTestChain} from "./ready-chain.ts";

/** Names among peers need no secret here: nobody outside can pretend to be one of them. */
export function identityOf(index: number): PeerIdentity {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(0, index + 1);
  return peerIdentityOf(seed);
}

export interface NodePlace {
  readonly index: number;
  readonly count: number;
  readonly port: number;
  readonly seal: NonNullable<ChainOptions["seal"]>;
}

/** One of a chain's nodes: in memory, with a port for clients; several meet each other and nobody else. */
export function nodeSetup(
  {spec, authors, isRehearsed}: ReadyTestChain,
  {index, count, port, seal}: NodePlace,
): NodeConfiguration {
  const isAlone = count === 1;
  const addresses = Array.from({length: count}, (_, i) => {
    const {peerId} = identityOf(i);
    return `/memory/${peerId}/p2p/${peerId}`;
  });
  const {secret} = identityOf(index);
  return {
    spec,
    name: `test-${index + 1}`,
    version: process.env.KHALA_VERSION ?? "0.0.0",
    basePath: "",
    throwAway: false,
    inMemory: true,
    network: {
      listen: isAlone ? [] : [["memory"]],
      announce: [],
      bootnodes: isAlone ? [] : addresses.filter((_, other) => other !== index),
      reserved: [],
      reservedOnly: false,
      slots: {},
      nodeKey: {secret},
    },
    sync: "full",
    forceAuthoring: isAlone,
    collator: true,
    devKeys: isAlone ? authors : [authors[index]!],
    keystorePath: undefined,
    password: undefined,
    seal: {kind: seal},
    // Where nobody else is to agree a vote says nothing, and clients wait for it. A rehearsal says itself who votes.
    ...(isAlone && !isRehearsed ? {finality: {kind: "at-once"}} : {}),
    rpc: {
      host: "127.0.0.1",
      port,
      methods: "auto",
      origins: undefined,
      limits: {},
      dashboard: true,
      socket: "none",
    },
    pool: {},
    signatureWorkers: 1,
    minFreeSpace: 0,
    freeSpaceInterval: millis(60_000),
  };
}

/** What such a node lives on; `onFatal` hears why it cannot go on. */
export const nodeSurroundings = (
  {share}: ReadyTestChain,
  hub: MemoryHub,
  onFatal: NodeDependencies["onFatal"],
): NodeDependencies => ({
  clock: steadyClock,
  wallClock: systemClock,
  logger: silentLogger,
  onFatal,
  shared: {...share, transport: peerId => hub.transport(peerId)},
});

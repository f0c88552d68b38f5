import type {MemoryHub} from "#network";
import {
  inMemoryNode,
  memoryNeighbours,
  type NodeConfiguration,
  type NodeDependencies,
  quietly,
} from "#node";
import type {ChainOptions} from "../chain-api.ts";
import type {ReadyTestChain} from "./ready-chain.ts";

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
  return inMemoryNode({
    spec,
    name: `test-${index + 1}`,
    devKeys: isAlone ? authors : [authors[index]!],
    network: memoryNeighbours(index, count),
    forceAuthoring: isAlone,
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
  });
}

/** What such a node lives on; `onFatal` hears why it cannot go on. */
export const nodeSurroundings = (
  {share}: ReadyTestChain,
  hub: MemoryHub,
  onFatal: NodeDependencies["onFatal"],
): NodeDependencies => ({
  ...quietly,
  onFatal,
  shared: {...share, transport: peerId => hub.transport(peerId)},
});

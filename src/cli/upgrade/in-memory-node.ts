import {millis, silentLogger} from "#base";
import type {ChainSpec} from "#chain-spec";
import {steadyClock, systemClock} from "#core";
import type {NodeConfiguration, NodeDependencies} from "#node";
import {PROGRAM_VERSION} from "../version.ts";

/** A node for itself that nobody speaks to: in memory, without peers, which makes blocks when it is told to. */
export const inMemoryNode = (spec: ChainSpec, authors: readonly string[]): NodeConfiguration => ({
  spec: {...spec, chainType: "Development"},
  name: "rehearsal",
  version: PROGRAM_VERSION,
  basePath: "",
  throwAway: false,
  inMemory: true,
  network: {
    listen: [],
    announce: [],
    bootnodes: [],
    reserved: [],
    reservedOnly: false,
    slots: {},
    nodeKey: undefined,
  },
  forceAuthoring: true,
  sync: "full",
  collator: true,
  devKeys: authors,
  keystorePath: undefined,
  password: undefined,
  seal: {kind: "manual"},
  rpc: {
    host: "127.0.0.1",
    port: 0,
    methods: "safe",
    origins: undefined,
    limits: {},
    socket: "none",
  },
  pool: {},
  signatureWorkers: 1,
  minFreeSpace: 0,
  freeSpaceInterval: millis(60_000),
});

/** What happens is told by who made it. */
export const quietly: NodeDependencies = {
  clock: steadyClock,
  wallClock: systemClock,
  logger: silentLogger,
  onFatal() {},
};

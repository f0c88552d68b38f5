import {millis, silentLogger} from "#base";
import {steadyClock, systemClock} from "#core";
import type {NodeConfiguration} from "../configuration.ts";
import type {NodeDependencies} from "../node.ts";
import {memoryNeighbours} from "./memory-neighbours.ts";

/** What has to be said of such a node, and whatever else is to be otherwise. */
export type InMemoryWishes = Pick<NodeConfiguration, "spec" | "devKeys"> &
  Partial<NodeConfiguration>;

/** A node for itself: in memory, without peers, which makes blocks when it is told to, and whom only this machine may ask. */
export const inMemoryNode = (wishes: InMemoryWishes): NodeConfiguration => ({
  name: "in-memory",
  // Defined when the program is bundled.
  version: process.env.KHALA_VERSION ?? "0.0.0-source",
  basePath: "",
  throwAway: false,
  inMemory: true,
  network: memoryNeighbours(0, 1),
  forceAuthoring: true,
  sync: "full",
  collator: true,
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
  ...wishes,
});

/** What happens is told by who made it. */
export const quietly: NodeDependencies = {
  clock: steadyClock,
  wallClock: systemClock,
  logger: silentLogger,
  onFatal() {},
};

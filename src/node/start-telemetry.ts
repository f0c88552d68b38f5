import type {Clock, Logger} from "#base";
import type {NodeCore} from "#core";
import type {NodeConfiguration} from "./configuration.ts";
import type {Cleanups} from "./resources.ts";
import {Telemetry} from "./telemetry/index.ts";

interface Telling {
  readonly core: NodeCore;
  readonly genesisHash: Uint8Array;
  readonly peerId: string;
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly logger: Logger;
}

/** Tells each server that the configuration names of this node, until the node stops. */
export function startTelemetry(
  {telemetry = [], name, version, spec, collator}: NodeConfiguration,
  {core, genesisHash, peerId, clock, wallClock, logger}: Telling,
  cleanups: Cleanups,
): void {
  for (const endpoint of telemetry) {
    const who = {
      name,
      version,
      chain: spec.name,
      genesisHash,
      peerId,
      isCollator: collator,
      startedAt: wallClock.now(),
    };
    const told = new Telemetry(endpoint, who, {core, clock, wallClock, logger});
    told.start();
    cleanups.push(() => told.stop());
  }
}

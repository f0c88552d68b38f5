/**
 * What every other folder may lean on: bytes and hex, results, units that must not be mixed, two bounded
 * collections, the shapes of a clock and a logger, and what counts as one host. Nothing here knows of blocks or chains.
 *
 * Out of scope: anything with an opinion on the protocol (see `codec` and `primitives`), and I/O.
 */
export {addressGroup} from "./address-group.ts";
export {invariant, unreachable} from "./assert.ts";
export {BoundedQueue} from "./bounded-queue.ts";
export * from "./bytes.ts";
export {type Clock, VirtualClock} from "./clock.ts";
export {counted} from "./counted.ts";
export {Listeners} from "./listeners.ts";
export type {LogFields, Logger, LogLevel} from "./logger.ts";
export {silentLogger} from "./logger.ts";
export {LruCache} from "./lru-cache.ts";
export {nearestName} from "./nearest-name.ts";
export {OneAtATime} from "./one-at-a-time.ts";
export {countBy, highestBy} from "./ranking.ts";
export {RepeatedTrouble} from "./repeated-trouble.ts";
export {formatReport, type Report} from "./report.ts";
export {reportFault} from "./report-fault.ts";
export {err, ok, type Result, unwrap} from "./result.ts";
export {seededRandom} from "./seeded-random.ts";
export {ShareOfThread, type ShareOfThreadOptions} from "./share-of-thread.ts";
export {Slices, type SlicesDependencies} from "./slices.ts";
export {inOneGo, inSlice, inTurns, type Steps} from "./steps.ts";
export {threadOfSource} from "./thread-of-source.ts";
export * from "./units.ts";
export {withoutCredentials} from "./without-credentials.ts";

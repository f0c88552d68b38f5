import {bool, struct, u32, type ValueOf, vec} from "#codec";
import {authorityList} from "./authority-list.ts";
import {blockRef} from "./block-ref.ts";
import {safeU64} from "./safe-u64.ts";

/** A change announced and not yet made. */
export const pendingChange = struct({announced: blockRef, delay: u32, authorities: authorityList});
export type PendingChange = Readonly<ValueOf<typeof pendingChange>>;

/** `medianLastFinalized`: what most voters had finalized when they were given up. */
export const pendingForcedChange = struct({
  announced: blockRef,
  delay: u32,
  authorities: authorityList,
  medianLastFinalized: u32,
});
export type PendingForcedChange = Readonly<ValueOf<typeof pendingForcedChange>>;

/**
 * The end of a set of voters. `last` is the last block it finalized: the enacting block of a scheduled change, the
 * last finalized one at the moment of a forced change. `enactedAt` is the block that made the change.
 */
export const setChange = struct({
  setId: safeU64,
  last: blockRef,
  forced: bool,
  enactedAt: blockRef,
});
export type SetChange = Readonly<ValueOf<typeof setChange>>;

/** All that a node keeps of its sets of voters, as one value. */
export const authoritySetState = struct({
  setId: safeU64,
  authorities: authorityList,
  finalized: blockRef,
  scheduled: vec(pendingChange),
  forced: vec(pendingForcedChange),
  changes: vec(setChange),
});
export type AuthoritySetState = ValueOf<typeof authoritySetState>;

/** Height at which a change is made. */
export function effectiveNumber({announced, delay}: PendingChange): number {
  return announced.number + delay;
}

import {err, ok, type Result} from "#base";
import type {Hashing, SignatureVerifier} from "#crypto";
import {type Header, headerHash} from "#primitives";
import type {Authority} from "./authority-list.ts";
import {announcedChange} from "./digest-log.ts";
import {type JustificationFailure, verifyJustification} from "./verify-justification.ts";
import {VoterSet} from "./voter-set.ts";
import type {WarpProof} from "./warp-proof.ts";

/** Voters as of a block: what a warp starts from and what it ends with. */
export interface WarpPoint {
  readonly setId: number;
  readonly authorities: readonly Authority[];
}

export interface Warped extends WarpPoint {
  /** The last header proved. */
  readonly header: Header;
}

export type WarpFailure =
  | {readonly code: "empty"}
  | {readonly code: "no-voters"; readonly setId: number}
  | {readonly code: "no-change"; readonly number: number}
  | {readonly code: "forced-change"; readonly number: number}
  | {readonly code: "not-ascending"; readonly number: number}
  | {
      readonly code: "bad-justification";
      readonly number: number;
      readonly failure: JustificationFailure;
    };

/**
 * Follows a warp proof from one set of voters to another (spec/network §1.5): each fragment is justified by the set
 * that the one before leads to, and announces the next set; only the last of a finished proof may announce none.
 * A change with a delay is not made at its announcing block, so such a fragment cannot hand over either. `isFixed`: voters who
 * stand outside of the runtime are not changed by what a header announces.
 */
export function verifyWarpProof(
  start: WarpPoint & {readonly number: number; readonly isFixed?: boolean},
  {fragments, isFinished}: WarpProof,
  crypto: {
    readonly hashing: Pick<Hashing, "blockHash">;
    readonly signatures: Pick<SignatureVerifier, "verify">;
  },
): Result<Warped, WarpFailure> {
  let point: WarpPoint = start;
  let last: Header | undefined;
  for (const [i, {header, justification}] of fragments.entries()) {
    const {number} = header;
    if (number <= (last?.number ?? start.number)) return err({code: "not-ascending", number});
    const voters = VoterSet.from(point.authorities);
    if (voters === undefined) return err({code: "no-voters", setId: point.setId});
    const target = {hash: headerHash(header, crypto.hashing), number};
    const verified = verifyJustification(justification, {
      ...crypto,
      setId: point.setId,
      voters,
      target,
    });
    if (!verified.ok) {
      return err({code: "bad-justification", number, failure: verified.error});
    }
    const change = start.isFixed === true ? undefined : announcedChange(header);
    if (change?.forced !== undefined) return err({code: "forced-change", number});
    const mayEnd = isFinished && i === fragments.length - 1;
    if (change !== undefined && change.delay === 0) {
      point = {setId: point.setId + 1, authorities: change.authorities};
    } else if (!mayEnd) {
      return err({code: "no-change", number});
    }
    last = header;
  }
  return last === undefined ? err({code: "empty"}) : ok({...point, header: last});
}

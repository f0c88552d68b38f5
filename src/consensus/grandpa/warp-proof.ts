import {equalBytes, err, ok, type Result} from "#base";
import {encode} from "#codec";
import type {Hashing, SignatureVerifier} from "#crypto";
import {type Header, header as headerCodec} from "#primitives";
import type {SetEnd} from "./authority-sets.ts";
import {announcedChange} from "./digest-logs.ts";
import {checkJustification, type JustificationFailure} from "./justification.ts";
import type {WarpProof} from "./messages.ts";
import {type AuthorityList, VoterSet} from "./voter-set.ts";

export type WarpFailure =
  | {readonly code: "empty"}
  | {
      readonly code: "justification-invalid";
      readonly fragment: number;
      readonly reason: JustificationFailure;
    }
  /** The proof is of another block than the fragment's header. */
  | {readonly code: "wrong-block"; readonly fragment: number}
  /** A fragment in the middle announces no change of voters, or one that is not immediate. */
  | {readonly code: "no-change"; readonly fragment: number};

/** How far a proof leads. */
export interface Warped {
  readonly header: Header;
  readonly setId: number;
  readonly authorities: AuthorityList;
  readonly ends: readonly SetEnd[];
  /** Nothing newer is to be had from this peer. */
  readonly isFinished: boolean;
}

/** Follows a chain of handed-over votes from voters that are trusted (spec/network §1.5). */
export function verifyWarpProof(
  {fragments, isFinished}: WarpProof,
  start: {readonly setId: number; readonly authorities: AuthorityList},
  deps: {
    readonly hashing: Pick<Hashing, "blake2b256">;
    readonly signatures: Pick<SignatureVerifier, "verify">;
  },
): Result<Warped, WarpFailure> {
  let {setId, authorities} = start;
  let last: Header | undefined;
  const ends: SetEnd[] = [];
  for (const [fragment, {header, justification}] of fragments.entries()) {
    const hash = deps.hashing.blake2b256(encode(headerCodec, header));
    if (!equalBytes(justification.commit.target.hash, hash))
      return err({code: "wrong-block", fragment});
    const checked = checkJustification(justification, {
      ...deps,
      setId: BigInt(setId),
      voters: new VoterSet(authorities),
    });
    if (!checked.ok) return err({code: "justification-invalid", fragment, reason: checked.error});
    last = header;
    const change = announcedChange(header);
    if (change?.delay === 0 && change.medianFinalized === undefined) {
      ends.push({setId, block: {hash, number: header.number}});
      setId++;
      authorities = change.next;
    } else if (isFinished !== 1 || fragment !== fragments.length - 1) {
      return err({code: "no-change", fragment});
    }
  }
  if (last === undefined) return err({code: "empty"});
  return ok({header: last, setId, authorities, ends, isFinished: isFinished === 1});
}

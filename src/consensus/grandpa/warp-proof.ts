import {bool, type Codec, struct, vec} from "#codec";
import {type Header, header} from "#primitives";
import {type Justification, justification} from "./justification.ts";

/** The header of a block that ends a set of voters, with that set's proof of it. */
export interface WarpFragment {
  readonly header: Header;
  readonly justification: Justification;
}

export interface WarpProof {
  readonly fragments: readonly WarpFragment[];
  /** False when the proof was cut to its size limit: ask again from its last header. */
  readonly isFinished: boolean;
}

/** The answer of `/sync/warp` (spec/network §1.5). */
export const warpProof = struct({
  fragments: vec(struct({header, justification})),
  isFinished: bool,
}) as Codec<WarpProof>;

import {struct, tuple, type ValueOf, variant} from "#codec";
import {blockRef} from "./block-ref.ts";
import {voterId, voterSignature} from "./message.ts";
import {safeU64} from "./safe-u64.ts";

const equivocation = struct({
  round: safeU64,
  id: voterId,
  first: tuple(blockRef, voterSignature),
  second: tuple(blockRef, voterSignature),
});
export type Equivocation = ValueOf<typeof equivocation>;

/** Two votes of one voter that exclude each other, as the runtime takes them (spec/network §2.4). */
export const equivocationProof = struct({
  setId: safeU64,
  equivocation: variant({Prevote: [0, equivocation], Precommit: [1, equivocation]}),
});
export type EquivocationProof = ValueOf<typeof equivocationProof>;

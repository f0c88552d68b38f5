import {addWeight, type Weight, weightOf} from "#primitives";
import {reads, writes} from "../../frame/index.ts";

function sum(...weights: Weight[]): Weight {
  return weights.reduce(addWeight);
}

/** Weights of CollatorSelection (spec/pallets, appendix B and §11.6). */
export const collatorSelectionWeights = {
  setInvulnerables: (invulnerables: bigint): Weight =>
    sum(weightOf(18_563_000n + 68_000n * invulnerables), writes(1n)),
  setDesiredCandidates: (): Weight => sum(weightOf(16_363_000n), writes(1n)),
  setCandidacyBond: (): Weight => sum(weightOf(16_840_000n), writes(1n)),
  registerAsCandidate: (candidates: bigint): Weight =>
    sum(weightOf(71_196_000n + 198_000n * candidates), reads(4n), writes(2n)),
  leaveIntent: (candidates: bigint): Weight =>
    sum(weightOf(55_336_000n + 151_000n * candidates), reads(1n), writes(2n)),
  addInvulnerable: (invulnerables: bigint, candidates: bigint): Weight =>
    sum(
      weightOf(
        56_102_459n + 26_422n * invulnerables + 128_528n * candidates,
        6_287n + 37n * invulnerables + 53n * candidates,
      ),
      reads(4n),
      writes(3n),
    ),
  removeInvulnerable: (invulnerables: bigint): Weight =>
    sum(weightOf(197_205_427n + 376_231n * invulnerables, 4_687n), reads(1n), writes(1n)),
  noteAuthor: (): Weight => sum(weightOf(71_461_000n), reads(3n), writes(4n)),
  newSession: (before: bigint, removed: bigint): Weight =>
    sum(
      weightOf(109_961_000n * before + 151_952_000n * removed),
      reads(before + 2n * removed),
      writes(2n * before + 2n * removed),
    ),
};

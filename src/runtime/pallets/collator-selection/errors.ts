import type {ErrorDeclaration} from "../../frame/index.ts";

/** Errors of CollatorSelection, version 1 (spec/pallets §11.2). */
export const COLLATOR_SELECTION_ERRORS = {
  TooManyCandidates: [0, "The pallet has too many candidates."],
  TooFewEligibleCollators: [1, "Leaving would result in too few candidates."],
  AlreadyCandidate: [2, "Account is already a candidate."],
  NotCandidate: [3, "Account is not a candidate."],
  TooManyInvulnerables: [4, "There are too many Invulnerables."],
  AlreadyInvulnerable: [5, "Account is already an Invulnerable."],
  NotInvulnerable: [6, "Account is not an Invulnerable."],
  NoAssociatedValidatorId: [7, "Account has no associated validator ID."],
  ValidatorNotRegistered: [8, "Validator ID is not yet registered."],
} as const satisfies Record<string, ErrorDeclaration>;

import type {ErrorDeclaration} from "../../../src/runtime/testing.ts";

/** Errors of CollatorSelection, version 0 (spec/pallets §11.2). */
export const COLLATOR_SELECTION_V0_ERRORS = {
  TooManyCandidates: [0, ""],
  TooFewCandidates: [1, ""],
  Unknown: [2, ""],
  Permission: [3, ""],
  AlreadyCandidate: [4, ""],
  NotCandidate: [5, ""],
  TooManyInvulnerables: [6, ""],
  AlreadyInvulnerable: [7, ""],
  NoAssociatedValidatorId: [8, ""],
  ValidatorNotRegistered: [9, ""],
} as const satisfies Record<string, ErrorDeclaration>;

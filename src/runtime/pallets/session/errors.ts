import type {ErrorDeclaration} from "../../frame/index.ts";

/** Errors of Session (spec/pallets §12). */
export const SESSION_ERRORS = {
  InvalidProof: [0, "Invalid ownership proof."],
  NoAssociatedValidatorId: [1, "No associated validator ID for account."],
  DuplicatedKey: [2, "Registered duplicate key."],
  NoKeys: [3, "No keys are associated with this account."],
  NoAccount: [4, "Key setting account is not live, so it's impossible to associate keys."],
} as const satisfies Record<string, ErrorDeclaration>;

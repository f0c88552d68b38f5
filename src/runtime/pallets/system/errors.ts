import type {ErrorDeclaration} from "../../frame/index.ts";

/** Errors of System (spec/pallets §6). */
export const SYSTEM_ERRORS = {
  InvalidSpecName: [
    0,
    "The name of specification does not match between the current and new runtime.",
  ],
  SpecVersionNeedsToIncrease: [
    1,
    "The specification version has to be higher than the current one.",
  ],
  FailedToExtractRuntimeVersion: [2, "The version of the new runtime could not be read."],
  NonDefaultComposite: [3, "Suicide called when the account has non-default composite data."],
  NonZeroRefCount: [
    4,
    "There is a non-zero reference count preventing the account from being purged.",
  ],
  CallFiltered: [5, "The origin filter prevents the call from being dispatched."],
} as const satisfies Record<string, ErrorDeclaration>;

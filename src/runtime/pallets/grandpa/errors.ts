import type {ErrorDeclaration} from "../../frame/index.ts";

/** Errors of Grandpa (docs/grandpa-pallet §3). The last three belong to reports, which this chain does not take. */
export const GRANDPA_ERRORS = {
  PauseFailed: [
    0,
    "Attempt to signal GRANDPA pause when the authority set isn't live (either paused or already pending pause).",
  ],
  ResumeFailed: [
    1,
    "Attempt to signal GRANDPA resume when the authority set isn't paused (either live or already pending resume).",
  ],
  ChangePending: [2, "Attempt to signal GRANDPA change with one already pending."],
  TooSoon: [3, "Cannot signal forced change so soon after last."],
  InvalidKeyOwnershipProof: [
    4,
    "A key ownership proof provided as part of an equivocation report is invalid.",
  ],
  InvalidEquivocationProof: [
    5,
    "An equivocation proof provided as part of an equivocation report is invalid.",
  ],
  DuplicateOffenceReport: [
    6,
    "A given equivocation report is valid but already previously reported.",
  ],
} as const satisfies Record<string, ErrorDeclaration>;

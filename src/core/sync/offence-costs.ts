import type {ReportReason} from "#network";
import type {SyncOffence} from "#sync";

/** What an offence costs (spec/network §1.6); undefined where the request itself was already charged for. */
export const OFFENCE_COSTS: Readonly<Record<SyncOffence, ReportReason | undefined>> = {
  "bad-response": "response-malformed",
  unanswered: undefined,
  "empty-promise": "block-data-missing",
  "bad-block": "block-invalid",
  "finalized-fork": "ancestor-unknown",
  "bad-announcement": "announce-invalid",
};

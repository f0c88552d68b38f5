import type {AuthoringFailure} from "./block-maker.ts";
import type {NotNow} from "./conditions.ts";

/** Why an own slot went by without a block. */
export type MissedWhy = AuthoringFailure | NotNow | {readonly code: "not-running"};

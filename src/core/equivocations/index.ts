/**
 * Two blocks sealed for one slot by one authority: found, proved, and remembered over restarts. Where the authority is ours,
 * its key is stopped, for another node signs with it too.
 *
 * Out of scope: votes that contradict each other (`finality`), and punishing anybody: this chain does not.
 */
export {EquivocationRecords} from "./equivocation-records.ts";
export {OwnOffences} from "./own-offences.ts";

/**
 * Rules that a runtime goes by and does not publish, found out by trying them: how long its sessions are, after how many silent
 * blocks a candidate is kicked, how many have to stay. A block is begun, or a call applied, over a state that is thrown away
 * afterwards, and what came of it is read by names. It is the runtime itself that answers, so it holds for any of them; where
 * a trial does not come about nothing is known, and nothing is guessed.
 *
 * Out of scope: what follows from the rules (`facts/fates`, `kick-forecast`), and rules that are published (`facts`).
 */

export type {TrialGround} from "./trial-ground.ts";
export {type SelectionTrial, trySelection} from "./try-selection.ts";
export {type PeriodTrial, trySessionPeriod} from "./try-session-period.ts";

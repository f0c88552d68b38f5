/**
 * Making blocks: whose turn it is and whether a block is of use now, what goes into it, its seal, and the guard without which
 * nothing is signed. `SlotAuthor` keeps to the slots of real time, `DemandAuthor` makes a block when somebody asks;
 * `BlockMaker` makes it, `propose` fills it, and `BuildingTime` knows from the last ones how long that may take.
 *
 * Out of scope: what a runtime does with what it is given, and which transactions wait (`pool`).
 */
export {BlockMaker, type MadeBlock} from "./block-maker.ts";
export type {Complaint} from "./complaints.ts";
export {mayAuthor, type NotNow, type Standing} from "./conditions.ts";
export {createAuthors} from "./create-authors.ts";
export {DemandAuthor, type DemandedBlock} from "./demand-author.ts";
export type {AuthoringFailure, DemandFailure, MissedWhy} from "./failures.ts";
export type {OwnBlockJudge} from "./own-block-judge.ts";
export {parseSealMode, type SealMode} from "./seal-mode.ts";

import type {Call} from "../../../frame/index.ts";
import type {Selection} from "../config.ts";
import {addInvulnerable} from "./add-invulnerable.ts";
import {leaveIntent} from "./leave-intent.ts";
import {registerAsCandidate} from "./register-as-candidate.ts";
import {removeInvulnerable} from "./remove-invulnerable.ts";
import {setCandidacyBond} from "./set-candidacy-bond.ts";
import {setDesiredCandidates} from "./set-desired-candidates.ts";
import {setInvulnerables} from "./set-invulnerables.ts";

export function collatorSelectionCalls(selection: Selection): Call[] {
  return [
    setInvulnerables(selection),
    setDesiredCandidates(selection),
    setCandidacyBond(selection),
    registerAsCandidate(selection),
    leaveIntent(selection),
    addInvulnerable(selection),
    removeInvulnerable(selection),
  ];
}

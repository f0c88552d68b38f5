import {bytesToHex} from "#base";
import type {VoterStatus} from "#consensus";

/** Voters named at most. */
const NAMED = 8;

/** Why nothing becomes final, for people: who is waited for, and how many of them. */
export function describeStall(
  status: VoterStatus,
  lag: number,
  {withKeys}: {readonly withKeys: boolean},
): string {
  const {round, threshold, totalWeight, prevoteWeight, precommitWeight, missing} = status;
  const blocks = `${lag} blocks are not final`;
  if (status.isAwaitingForcedChange) return `${blocks}; new voters take over by force soon`;
  const isPrevoting = prevoteWeight < threshold;
  const [step, cast, silent] = isPrevoting
    ? ["prevotes", prevoteWeight, missing.prevote]
    : ["precommits", precommitWeight, missing.precommit];
  const names = !withKeys ? [] : silent.slice(0, NAMED).map(id => bytesToHex(id).slice(0, 10));
  const more = silent.length > NAMED ? " …" : "";
  const who = names.length === 0 ? "" : `; not heard of: ${names.join(", ")}${more}`;
  const votes = `round ${round} has ${cast} of the ${threshold} ${step} it needs`;
  return `${blocks}; ${votes} (${totalWeight} voters)${who}`;
}

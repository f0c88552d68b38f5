import {bytesToHex} from "#base";
import type {GrandpaStatus} from "#consensus";

/** Voters named at most. */
const NAMED = 8;

/** Why nothing becomes final, for people: who is waited for, and how many of them. */
export function describeStall(status: GrandpaStatus, lag: number): string {
  const {round, voters, current, isAwaitingForcedChange} = status;
  const blocks = `${lag} blocks are not final`;
  if (voters.voters.length === 0) return `${blocks}; the chain has no voters`;
  if (isAwaitingForcedChange) return `${blocks}; new voters take over by force soon`;
  const missing = voters.voters.filter(
    ({id}) => !current.votes("prevote").some(vote => bytesToHex(vote.id) === bytesToHex(id)),
  );
  const have = current.weight("prevote");
  const step = have < voters.threshold ? "prevotes" : "precommits";
  const cast = step === "prevotes" ? have : current.weight("precommit");
  const names = missing.slice(0, NAMED).map(({id}) => bytesToHex(id).slice(0, 10));
  const who =
    missing.length === 0
      ? ""
      : `; not heard of: ${names.join(", ")}${missing.length > NAMED ? " …" : ""}`;
  return `${blocks}; round ${round} has ${cast} of ${voters.threshold} ${step} it needs (${voters.total} voters)${who}`;
}

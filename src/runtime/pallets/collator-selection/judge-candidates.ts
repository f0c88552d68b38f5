import {bytesToBinary} from "#base";
import type {Externalities} from "#state";
import type {Selection} from "./config.ts";
import type {CandidateInfo} from "./storage.ts";

/**
 * What a session change does with a candidate: it stays, it has become an invulnerable, or it was silent for too long
 * and is kicked, or spared since too few collators would be left.
 */
export type CandidateFate = "stays" | "appointed" | "kicked" | "spared";

export interface JudgedCandidate {
  readonly candidate: CandidateInfo;
  readonly fate: CandidateFate;
  /** Blocks since the last one that it authored, or since it registered. */
  readonly silentFor: number;
}

/** The fates of all candidates, in their order, if the session changed with block `now` (spec/pallets §11.5). */
export function judgeCandidates(
  state: Externalities,
  {config, storage}: Pick<Selection, "config" | "storage">,
  now: number,
): JudgedCandidate[] {
  const candidates = storage.candidates.get(state);
  const invulnerables = storage.invulnerables.get(state);
  const appointed = new Set(invulnerables.map(bytesToBinary));
  let eligible = candidates.length + invulnerables.length;
  return candidates.map(candidate => {
    const silentFor = now - storage.lastAuthoredBlock.get(state, candidate.who);
    const isAppointed = appointed.has(bytesToBinary(candidate.who));
    const isSilent = silentFor >= config.kickThreshold;
    const isKicked = isSilent && eligible > config.minEligibleCollators;
    if (isAppointed || isKicked) eligible--;
    const fate = isAppointed ? "appointed" : isKicked ? "kicked" : isSilent ? "spared" : "stays";
    return {candidate, fate, silentFor};
  });
}

import {bytesToBinary} from "#base";
import type {AccountId} from "#primitives";
import type {CollatorFate} from "#runtime-api";

export interface KickFacts {
  readonly invulnerables: readonly AccountId[];
  readonly threshold: number | undefined;
  readonly minEligible: number | undefined;
  /** Whether only candidates count for that; not, if not said. */
  readonly isOfCandidates?: boolean;
  /** The block of the next session change. */
  readonly nextRotation: number | undefined;
}

/**
 * What the next session change does with each candidate, were nothing authored before (pallet_collator_selection,
 * `new_session`): one after the other in the order of the chain's list, since each that goes brings the rest nearer to
 * the minimum. Undefined from where the rules are not known.
 */
export function fatesOf(
  candidates: readonly {readonly who: AccountId; readonly lastAuthored: number | undefined}[],
  {invulnerables, threshold, minEligible, isOfCandidates = false, nextRotation}: KickFacts,
): readonly (CollatorFate | undefined)[] {
  const appointed = new Set(invulnerables.map(bytesToBinary));
  let eligible = candidates.length + (isOfCandidates ? 0 : invulnerables.length);
  return candidates.map(({who, lastAuthored}) => {
    if (appointed.has(bytesToBinary(who))) {
      eligible--;
      return "Appointed";
    }
    const isKnown = [threshold, minEligible, nextRotation, lastAuthored].every(
      each => each !== undefined,
    );
    if (!isKnown) return undefined;
    if (nextRotation! - lastAuthored! < threshold!) return "Stays";
    if (eligible <= minEligible!) return "Spared";
    eligible--;
    return "Kicked";
  });
}

import type {CollatorMember} from "#runtime-api";
import type {KickForecast} from "./vocabulary.ts";

export interface KickRules {
  readonly threshold: number;
  readonly minEligible: number;
  readonly best: number;
  readonly period: number;
  readonly nextRotation: number;
  /** How many take turns in this session. */
  readonly authors: number;
}

/**
 * Whether there is cause for alarm. With a threshold as long as a session, everybody would be kicked at its end who
 * authored nothing in it, and at its beginning nobody has: only who has been silent for half the threshold is late. Nor
 * is it late before its turn has come, which in a large set may take longer; but before it is kicked it is told.
 */
function isLate(silentFor: number, {threshold, authors}: KickRules): boolean {
  return silentFor >= Math.max(threshold / 2, Math.min(authors, threshold - 1));
}

/** When a collator would be kicked if it authored nothing from now on, and what the next session change does with it. */
export function kickForecast(
  {kind, fate, lastAuthored}: Pick<CollatorMember, "kind" | "fate" | "lastAuthored">,
  rules: KickRules,
): KickForecast {
  const {threshold, best} = rules;
  const none = {
    fate,
    silentFor: undefined,
    threshold,
    blocksLeft: undefined,
    isPressing: false,
  };
  if (kind === "Invulnerable") {
    return {...none, sentence: "Invulnerable: appointed, and never kicked."};
  }
  if (kind === "Leaving") {
    return {...none, sentence: "On its way out: it authors until its last session ends."};
  }
  const at = rotationFrom(lastAuthored + threshold, rules);
  const blocksLeft = at - best;
  // A new candidate counts as having authored in the future, when it could have done so for the first time.
  const silentFor = Math.max(0, best - lastAuthored);
  const isPressing = fate === "Kicked" && isLate(silentFor, rules);
  const facts = {fate, silentFor, threshold, blocksLeft, isPressing};
  switch (fate) {
    case "Kicked":
      return {
        ...facts,
        sentence: isPressing
          ? `Kicked at block ${rules.nextRotation} unless it authors before: silent for ${silentFor} of ${threshold} blocks, ${rules.nextRotation - best} left.`
          : `Kept as long as it authors before block ${rules.nextRotation}: silent for ${silentFor} of ${threshold} blocks, ${rules.nextRotation - best} left.`,
      };
    case "Spared":
      return {
        ...facts,
        sentence: `Silent for ${silentFor} blocks and kept all the same: fewer than ${rules.minEligible} collators would be left.`,
      };
    case "Appointed":
      return {...facts, blocksLeft: undefined, sentence: "Appointed: no candidate any more."};
    default:
      return {
        ...facts,
        sentence: `Kept: it would be kicked at block ${at}, in ${blocksLeft} blocks, if it authored nothing until then.`,
      };
  }
}

/** The first session change at or after a block, and after the best one. */
function rotationFrom(block: number, {nextRotation, period}: KickRules): number {
  const later = Math.max(0, block - nextRotation);
  return nextRotation + Math.ceil(later / period) * period;
}

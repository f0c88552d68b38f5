import type {MemberFacts} from "./facts/index.ts";
import type {CollatorStanding, KickForecast} from "./vocabulary.ts";

export interface KickRules {
  readonly threshold: number | undefined;
  readonly minEligible: number | undefined;
  /** How many there are that count for that. */
  readonly eligible?: number | undefined;
  /** Whether these are candidates alone. */
  readonly isOfCandidates?: boolean;
  readonly best: number;
  readonly period: number | undefined;
  readonly nextRotation: number | undefined;
  /** How many take turns in this session. */
  readonly authors: number;
}

/** Of who can be kicked, where all that it goes by is known. */
interface Silence {
  readonly silentFor: number;
  readonly threshold: number;
  readonly nextRotation: number;
  /** Blocks until the next session change, and until the one at which it would be kicked. */
  readonly rotationIn: number;
  readonly blocksLeft: number | undefined;
}

/**
 * Whether there is cause for alarm. With a threshold as long as a session, everybody would be kicked at its end who
 * authored nothing in it, and at its beginning nobody has: only who has been silent for half the threshold is late. Nor
 * is it late before its turn has come, which in a large set may take longer; but before it is kicked it is told.
 */
function isLate({silentFor, threshold}: Silence, authors: number): boolean {
  return silentFor >= Math.max(threshold / 2, Math.min(authors, threshold - 1));
}

/** When a collator would be kicked if it authored nothing from now on, and what the next session change does with it. */
export function kickForecast(
  {
    kind,
    fate,
    lastAuthored,
  }: Pick<MemberFacts, "fate" | "lastAuthored"> & Pick<CollatorStanding, "kind">,
  rules: KickRules,
): KickForecast {
  const {threshold} = rules;
  const none = {fate, silentFor: undefined, threshold, blocksLeft: undefined, isPressing: false};
  if (kind === "Invulnerable") {
    return {...none, sentence: "Invulnerable: appointed, and never kicked."};
  }
  if (kind === "Leaving") {
    return {...none, sentence: "On its way out: its turns go on until its last session ends."};
  }
  if (kind === "None") {
    return {...none, sentence: "No candidate: there is nothing to be kicked from."};
  }
  if (kind === undefined) {
    return {...none, sentence: "Unknown: this chain does not publish who may be kicked."};
  }
  const silence = silenceOf(lastAuthored, rules);
  if (fate === undefined || silence === undefined) {
    const silentFor = silentSince(lastAuthored, rules);
    const sentence =
      silentFor === undefined
        ? "Unknown when it would be kicked."
        : `Silent for ${silentFor} blocks; unknown whether and when that leads to a kick.`;
    return {...none, fate: undefined, silentFor, sentence};
  }
  return {...none, ...candidateForecast(fate, silence, rules)};
}

function candidateForecast(
  fate: NonNullable<MemberFacts["fate"]>,
  silence: Silence,
  {authors, minEligible, eligible, isOfCandidates = false}: KickRules,
): Omit<KickForecast, "fate" | "threshold"> {
  const {silentFor, threshold, nextRotation, rotationIn, blocksLeft} = silence;
  const who = isOfCandidates ? "candidates" : "collators";
  const isAtLeast = eligible !== undefined && minEligible !== undefined && eligible <= minEligible;
  const isPressing = fate === "Kicked" && isLate(silence, authors);
  const facts = {silentFor, blocksLeft, isPressing};
  switch (fate) {
    case "Kicked":
      return {
        ...facts,
        sentence: isPressing
          ? `Kicked at block ${nextRotation} unless it authors before: silent for ${silentFor} of ${threshold} blocks, ${rotationIn} left.`
          : `Kept as long as it authors before block ${nextRotation}: silent for ${silentFor} of ${threshold} blocks, ${rotationIn} left.`,
      };
    case "Spared":
      return {
        ...facts,
        sentence: `Silent for ${silentFor} blocks and kept all the same: fewer than ${minEligible ?? "an unknown number of"} ${who} would be left.`,
      };
    case "Appointed":
      return {...facts, blocksLeft: undefined, sentence: "Appointed: no candidate any more."};
    default:
      if (isAtLeast) {
        const sentence = `Kept, silent or not: nobody is kicked while there are no more than ${minEligible} ${who}.`;
        return {...facts, blocksLeft: undefined, sentence};
      }
      return {
        ...facts,
        sentence:
          blocksLeft === undefined
            ? `Kept at the next session change, at block ${nextRotation}.`
            : `Kept: it would be kicked at block ${nextRotation - rotationIn + blocksLeft}, in ${blocksLeft} blocks, if it authored nothing until then.`,
      };
  }
}

function silenceOf(lastAuthored: number | undefined, rules: KickRules): Silence | undefined {
  const {threshold, nextRotation, period, best} = rules;
  const silentFor = silentSince(lastAuthored, rules);
  const isKnown = silentFor !== undefined && threshold !== undefined && nextRotation !== undefined;
  if (!isKnown) return undefined;
  const at = rotationFrom(lastAuthored! + threshold, nextRotation, period);
  return {
    silentFor,
    threshold,
    nextRotation,
    rotationIn: nextRotation - best,
    blocksLeft: at === undefined ? undefined : at - best,
  };
}

/** A new candidate counts as having authored in the future, when it could have done so for the first time. */
const silentSince = (lastAuthored: number | undefined, {best}: KickRules): number | undefined =>
  lastAuthored === undefined ? undefined : Math.max(0, best - lastAuthored);

/** The first session change at or after a block, and after the best one. */
function rotationFrom(
  block: number,
  nextRotation: number,
  period: number | undefined,
): number | undefined {
  const later = Math.max(0, block - nextRotation);
  if (later === 0) return nextRotation;
  return period === undefined ? undefined : nextRotation + Math.ceil(later / period) * period;
}

import {bytesToHex} from "#base";
import {areKeysMissing, describeStoppedKey} from "./key-status.ts";
import type {
  CollatorStatus,
  Kick,
  SlotOutcome,
  SlotRecord,
  Verdict,
  VerdictCode,
} from "./vocabulary.ts";

export interface VerdictFacts extends Omit<CollatorStatus, "verdict" | "since"> {
  readonly isCollator: boolean;
  /** It can neither make blocks of the chain nor take them. */
  readonly isStateOnly: boolean;
  /** Why no blocks are made at present, as the author says it. */
  readonly complaint: {readonly code: string; readonly text: string} | undefined;
  /** The last own slots, newest first. */
  readonly recent: readonly SlotRecord[];
  /** Why it is no candidate any more, where it was taken off the list. */
  readonly kicked: Kick | undefined;
  /** Whether others with higher deposits have all places. */
  readonly isOutbid: boolean;
  readonly now: number;
}

const MADE: ReadonlySet<SlotOutcome> = new Set(["produced", "final"]);

export const isMade = (outcome: SlotOutcome): boolean => MADE.has(outcome);

/** What each missed slot was, in a sentence about several of them. */
const WORDS: Readonly<Record<SlotOutcome, string>> = {
  produced: "produced",
  final: "final",
  lost: "lost to a fork",
  "keys-missing": "without the key",
  "not-in-set-yet": "before its first session",
  syncing: "while catching up",
  "no-peers": "without peers",
  "finality-lags": "left out while finality lagged",
  "guard-refused": "refused by the signing guard",
  "judged-invalid": "refused by the runtime's own validate_block",
  "key-stopped": "with the key stopped",
  "parent-late": "taken by a late parent",
  "out-of-time": "out of time",
  "clock-off": "with the clock off",
  "node-down": "while the node was down",
  silenced: "silenced",
  failed: "failed",
};

/**
 * The situation in one sentence, with what to do; what matters most comes first. Where a kick is near that is what is lost next,
 * and the reason why nothing is produced is what to mend.
 */
export function verdictOf(facts: VerdictFacts): Verdict {
  const first = firstOf(facts);
  const kick = REASONS.has(first.code) ? kickedSoon(facts) : undefined;
  return kick === undefined
    ? first
    : {...kick, sentence: `${kick.sentence} ${first.sentence}`, todo: first.todo};
}

function firstOf(facts: VerdictFacts): Verdict {
  for (const judge of JUDGES) {
    const verdict = judge(facts);
    if (verdict !== undefined) return verdict;
  }
  return producing(facts);
}

/** Why nothing is produced, until a person does something. */
const REASONS: ReadonlySet<VerdictCode> = new Set([
  "clock-off",
  "key-stopped",
  "keys-missing",
  "finality-stalled",
  "no-peers",
]);

function kickedSoon({standing, session, head}: VerdictFacts): Verdict | undefined {
  const kick = standing?.kick;
  if (kick?.isPressing !== true || standing?.isActive !== true) return undefined;
  const {nextRotationBlock} = session;
  const when =
    nextRotationBlock === undefined ? "soon" : `in ${nextRotationBlock - head.best} blocks`;
  return verdict(
    "kicked-soon",
    "bad",
    `Kicked ${when} unless this node authors before: silent for ${kick.silentFor} of ${kick.threshold} blocks.`,
    "see the reasons on the last slots",
  );
}

type Judge = (facts: VerdictFacts) => Verdict | undefined;

const verdict = (
  code: VerdictCode,
  level: Verdict["level"],
  sentence: string,
  todo?: string,
): Verdict => ({code, level, sentence, todo});

const JUDGES: readonly Judge[] = [
  ({isStateOnly}) =>
    isStateOnly
      ? verdict(
          "state-only",
          "bad",
          "This node serves the chain's state and calls: of such a chain it can neither make blocks nor take them.",
          "to make its blocks, run the program that its own team hands out",
        )
      : undefined,
  ({isCollator}) =>
    isCollator
      ? undefined
      : verdict(
          "not-a-collator",
          "bad",
          "This node follows the chain and makes no blocks.",
          "start it with --collator to collate",
        ),
  ({account, whyNoSet}) =>
    account === undefined && whyNoSet === undefined
      ? verdict(
          "no-account",
          "bad",
          "No key in this node's keystore is known to the chain, and nobody said for whom it collates.",
          "if it collated before, start it with the --base-path that has its keys; else khala collator join",
        )
      : undefined,
  ({head: {isSyncing, best}}) =>
    isSyncing
      ? verdict(
          "out-of-sync",
          "bad",
          `Not producing: catching up with the chain, at block ${best}.`,
          "wait; khala collator status --watch says when it is over",
        )
      : undefined,
  ({clock: {isPaused, offset, bound}}) =>
    isPaused
      ? verdict(
          "clock-off",
          "bad",
          `Not producing: this machine's clock is ${seconds(offset ?? 0)} off, more than the ${seconds(bound)} that are let pass.`,
          "set the clock (NTP); producing goes on by itself",
        )
      : undefined,
  ({stoppedKeys: [stopped]}) =>
    stopped === undefined
      ? undefined
      : verdict(
          "key-stopped",
          "bad",
          `${describeStoppedKey(stopped)}.`,
          `stop the other node, then khala keys resume ${bytesToHex(stopped.publicKey)} --i-have-stopped-the-other-node, with the node's --chain and --base-path`,
        ),
  ({standing, kicked, keys}) => {
    if (kicked === undefined || standing?.kind === "Candidate") return undefined;
    const {block, silentFor, threshold} = kicked;
    const why = silentFor === undefined ? "" : `: silent for ${silentFor} blocks`;
    const most =
      silentFor === undefined || threshold === undefined ? "" : `, and ${threshold} lead to that`;
    const rest =
      standing?.isActive !== true
        ? ""
        : keys?.now?.isHeld === false
          ? " Its turns go on until the last session ends, and pass without the key."
          : " It authors until the last session ends.";
    return verdict(
      "kicked",
      "bad",
      `Kicked at block ${block}${why}${most}. The bond was given back.${rest}`,
      "see the reasons on the last slots (dashboard, or collator_slots), mend that, then khala collator join",
    );
  },
  ({keys, standing}) =>
    keys !== undefined && areKeysMissing({keys, standing})
      ? verdict(
          "keys-missing",
          "bad",
          `${isYetProducing({keys, standing}) ? "About to stop producing" : "Not producing"}: ${lowerFirst(keys.sentence)}`,
          "put the keys back, or khala keys rotate and register the new ones",
        )
      : undefined,
  ({head: {stall, missingVoters}}) =>
    stall === undefined
      ? undefined
      : verdict(
          "finality-stalled",
          "bad",
          `Finality stands still: ${stall}${silentText(missingVoters.length)}.`,
          "ask the operators named; blocks are made more slowly until it goes on",
        ),
  ({complaint}) =>
    complaint?.code === "no-peers"
      ? verdict("no-peers", "bad", "Not producing: no peers.", "check --bootnodes and the firewall")
      : undefined,
  kickedSoon,
  ({standing, authorsFrom, now}) => {
    if (standing === undefined || standing.isActive || authorsFrom === undefined) return undefined;
    const {session, block, at} = authorsFrom;
    const from = session === undefined ? "a later session" : `session ${session}`;
    const when =
      block === undefined || at === undefined
        ? "; at which block is unknown"
        : `, at block ${block}, in about ${seconds(at - now)}`;
    return verdict("queued", "waiting", `Queued: authoring from ${from}${when}.`);
  },
  ({standing, isOutbid}) =>
    isOutbid && standing?.isActive === false
      ? verdict(
          "outbid",
          "bad",
          `Not in the set: candidate ${standing.position} by deposit, of ${standing.desiredCandidates ?? "unknown"} places.`,
          "raise the deposit (collatorSelection.updateBond), or wait for a place",
        )
      : undefined,
  ({standing}) =>
    standing?.kind === "None"
      ? verdict(
          "not-registered",
          "bad",
          "Not a candidate: this account does not stand for collating.",
          "khala collator join",
        )
      : undefined,
  ({standing}) =>
    standing?.kind === "Leaving"
      ? verdict("leaving", "waiting", "Leaving: authoring until the last session ends.")
      : undefined,
  ({recent, complaint}) => {
    // Before its first session an account has no slots of its own to miss.
    const own = recent.filter(({outcome}) => outcome !== "not-in-set-yet");
    const missed = own.filter(({outcome}) => !MADE.has(outcome));
    if (missed.length === 0) return undefined;
    const why = complaint === undefined ? "" : ` Now: ${complaint.text}.`;
    return verdict(
      "missing-slots",
      "bad",
      `${missed.length} of the last ${own.length} own slots missed: ${tally(missed)}.${why}`,
      "see the reason on each",
    );
  },
  ({standing, whyNoSet, authorities, nextSlot, now}) => {
    if (whyNoSet === undefined) {
      return standing?.kind === undefined && standing?.isActive !== true
        ? verdict(
            "set-unpublished",
            "bad",
            "Not authoring: this account is not in the set, and the chain does not publish how accounts come into it.",
            "ask whoever runs the chain how collators are chosen",
          )
        : undefined;
    }
    const why = `${whyNoSet[0]!.toUpperCase()}${whyNoSet.slice(1)}`;
    if (authorities === undefined) {
      return verdict(
        "set-unpublished",
        "bad",
        `${why}; who authors is unknown, too.`,
        "ask whoever runs the chain how it chooses authors",
      );
    }
    const {held, count} = authorities;
    if (held === 0) {
      return verdict(
        "set-unpublished",
        "bad",
        `${why}; no key in this node's keystore is among the ${count} that author.`,
        "put the keys into this node's keystore, or have its keys made authorities",
      );
    }
    const mine = held === 1 ? "a key" : `${held} keys`;
    const next = nextSlot === undefined ? "" : `; next slot in ${seconds(nextSlot.at - now)}`;
    return verdict(
      "set-unpublished",
      "good",
      `Producing normally with ${mine} of the ${count} that author${next}. ${why}.`,
    );
  },
];

/** Who they are stands beside it, by name. */
function silentText(voters: number): string {
  if (voters === 0) return "";
  return voters === 1 ? "; 1 voter is not heard of" : `; ${voters} voters are not heard of`;
}

/** With the keys of this session at hand its blocks are made until another session asks for others. */
const isYetProducing = ({keys, standing}: Pick<VerdictFacts, "keys" | "standing">): boolean =>
  standing?.isActive === true && keys?.now?.isHeld === true;

function producing({production, nextSlot, now}: VerdictFacts): Verdict {
  const next = nextSlot === undefined ? "" : `; next slot in ${seconds(nextSlot.at - now)}`;
  const {made, turns} = production;
  const count =
    made === undefined || turns === undefined
      ? "slots of this session unknown"
      : `${made} of ${turns} slots this session`;
  return verdict("producing", "good", `Producing normally: ${count}${next}.`);
}

function tally(records: readonly SlotRecord[]): string {
  const counts = new Map<SlotOutcome, number>();
  for (const {outcome} of records) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${WORDS[outcome]}`).join(", ");
}

function seconds(milliseconds: number): string {
  const whole = Math.max(0, Math.round(Math.abs(milliseconds) / 1_000));
  if (whole < 120) return `${whole} s`;
  return whole < 7_200 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 360) / 10} h`;
}

const lowerFirst = (text: string): string => text[0]!.toLowerCase() + text.slice(1);

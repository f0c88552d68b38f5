import type {SlotOutcome} from "../contract/index.ts";

export type OutcomeTone = "good" | "waiting" | "bad" | "quiet";

interface OutcomeWords {
  readonly tone: OutcomeTone;
  /** Tells outcomes apart without colour. */
  readonly glyph: string;
  readonly name: string;
  readonly reason: string;
}

const words = (tone: OutcomeTone, glyph: string, name: string, reason: string): OutcomeWords => ({
  tone,
  glyph,
  name,
  reason,
});

/** Each outcome of an own slot, and what it means to who sees it for the first time. */
export const OUTCOME_WORDS: Readonly<Record<SlotOutcome, OutcomeWords>> = {
  produced: words("good", "○", "made", "The block was made and is not final yet."),
  final: words("good", "●", "final", "The block was made and is final."),
  lost: words("bad", "↷", "lost", "The block was made, and the chain went on another way."),
  "keys-missing": words("bad", "⚷", "key missing", "The key that the chain expects is not here."),
  "not-in-set-yet": words(
    "quiet",
    "·",
    "not yet",
    "The keys are queued: this was not our turn yet.",
  ),
  syncing: words("waiting", "↓", "catching up", "The node was behind the chain."),
  "no-peers": words("bad", "∅", "no peers", "Nobody would have heard of the block."),
  "finality-lags": words(
    "waiting",
    "–",
    "left out",
    "Left out on purpose, since finality lagged far behind.",
  ),
  "guard-refused": words(
    "waiting",
    "⊘",
    "guarded",
    "Something may have been signed for this slot before.",
  ),
  "judged-invalid": words(
    "bad",
    "⊗",
    "invalid",
    "The runtime's own validate_block refused the block: nobody was told of it.",
  ),
  "key-stopped": words(
    "bad",
    "⚿",
    "key stopped",
    "Another node signs with this key too: it signs nothing here.",
  ),
  "parent-late": words(
    "bad",
    "◁",
    "parent late",
    "The block before came so late that it took the slot.",
  ),
  "out-of-time": words(
    "bad",
    "◷",
    "out of time",
    "The process was busy and too little of the slot was left.",
  ),
  "clock-off": words("bad", "±", "clock off", "This machine's clock was too far off."),
  "node-down": words("bad", "▼", "down", "The process did not run."),
  silenced: words("waiting", "–", "silenced", "The node was told to stay silent."),
  failed: words("bad", "✕", "failed", "The runtime or the keystore failed: see the log."),
};

import type {Alerts} from "../contract/index.ts";

type Rule = Alerts["rules"][number];

/** What each rule watches for, to who sees it for the first time. */
export const ALERT_WORDS: Readonly<Record<Rule["code"], string>> = {
  "missed-slots": "Three or more of the last ten own slots missed",
  "kicked-soon": "A kick ahead unless it authors before",
  "keys-missing": "Keys that the chain expects are not here",
  "finality-stalled": "Finality stands still",
  "clock-off": "The machine's clock is too far off",
  "no-peers": "No peers",
  "disk-low": "Little room on the disk",
  "signed-twice": "Somebody signed twice",
  "key-stopped": "Another node signs with a key of this one",
};

/** Rules that fire first, then those seen once, then calm ones; each in the node's own order. */
export const byUrgency = (rules: readonly Rule[]): readonly Rule[] =>
  rules.toSorted((one, other) => RANKS[one.state] - RANKS[other.state]);

const RANKS = {firing: 0, seen: 1, calm: 2} as const;

export const ALERT_STATES = {
  firing: ["bad", "firing"],
  seen: ["waiting", "seen once"],
  calm: ["good", "calm"],
} as const;

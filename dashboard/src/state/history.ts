import {signal} from "@preact/signals";
import type {BlockReward, CollatorHistory, CollatorStatus} from "../contract/index.ts";
import {everyFiveSeconds, whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {notedLength} from "../text/noted-length.ts";
import {status} from "./collator.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What people look back on; the node keeps thirty days. */
export const RANGES = [
  {name: "1 h", length: HOUR},
  {name: "24 h", length: DAY},
  {name: "7 days", length: 7 * DAY},
  {name: "All", length: 30 * DAY},
] as const;

export const range = signal<number>(HOUR);

/** As the node noted it, of the range that is chosen. */
export const collatorHistory = asked<CollatorHistory>(async () => {
  for (;;) {
    const wanted = range.peek();
    const history = await historyOf(wanted);
    // Chosen anew meanwhile.
    if (wanted === range.peek()) return history;
  }
}, everyFiveSeconds);

const askHistory = (length: number) => node.call<CollatorHistory>("collator_history", [length]);

/**
 * The node adds up what it tells by steps as long as the range asks for: of a node that runs for an hour those of a month would
 * be one bar. So the range ends where there is nothing more.
 */
async function historyOf(wanted: number): Promise<CollatorHistory> {
  const whole = await askHistory(wanted);
  const noted = notedLength(whole);
  return noted === undefined || noted >= wanted ? whole : await askHistory(noted);
}

export interface Rewards {
  readonly list: readonly BlockReward[];
  /** Blocks that were looked through. */
  readonly blocks: number;
  /** Of these, when the chosen range began, by the node's clock. */
  readonly from: number;
  /** Whether the chain tells who authors: where not, nobody knows of a block whose it is. */
  readonly areAuthorsKnown: boolean;
}

/** What the node looks through at once. */
const MOST_BLOCKS = 10_000;

export const rewards = asked<Rewards>(
  async () => {
    for (;;) {
      const wanted = range.peek();
      const {head, time} = status.peek() ?? (await node.call<CollatorStatus>("collator_status"));
      const blocks = Math.min(MOST_BLOCKS, head.best, Math.ceil(wanted / head.slotDuration));
      const answer = await node.call<readonly BlockReward[] | null>("collator_rewards", [
        null,
        blocks,
      ]);
      if (wanted !== range.peek()) continue;
      const from = time.at - wanted;
      const list = (answer ?? []).filter(({at}) => at >= from);
      return {list, blocks, from, areAuthorsKnown: answer !== null};
    }
  },
  whenChanges(status, 30_000),
);

export function chooseRange(length: number): void {
  range.value = length;
  void collatorHistory.refresh();
  void rewards.refresh();
}

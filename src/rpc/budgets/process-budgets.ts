import {OneAtATime} from "#base";
import {Budget} from "./budget.ts";
import {SharedThread} from "./shared-thread.ts";

const MEBIBYTE = 1_024 * 1_024;

/** What the clients of all servers of a process have together. */
export interface ProcessBudgets {
  /** Bytes of requests: arriving, waiting for their turn, being worked on. */
  readonly requests: Budget;
  /** Bytes of answers: being gathered, or not yet taken by who asked. */
  readonly answers: Budget;
  /** Bytes that the keys of the state cost which are followed. */
  readonly followedKeys: Budget;
  /** Subscriptions: each is told of a block before the next one is made. */
  readonly subscriptions: Budget;
  /** Large requests are parsed one at a time. */
  readonly largeRequests: OneAtATime;
  /** Large answers being gathered. */
  readonly walks: OneAtATime;
  readonly thread: SharedThread;
}

/**
 * A request takes up to three times its length while it is worked on (its text, what the text says), an answer twice: with
 * these numbers clients cost the process less than 550 MB at the very most, beside what it takes by itself.
 */
export function createProcessBudgets(): ProcessBudgets {
  return {
    // Four of the largest at a time; small requests of a thousand clients beside them.
    requests: new Budget({limit: 80 * MEBIBYTE, reserve: 16 * MEBIBYTE, small: 65_536}),
    // Small is what a client that reads leaves standing: a socket's buffer, and a burst of heads.
    answers: new Budget({limit: 96 * MEBIBYTE, reserve: 32 * MEBIBYTE, small: 2 * MEBIBYTE}),
    // A hundred thousand keys. A dashboard follows a dozen.
    followedKeys: new Budget({limit: 64 * MEBIBYTE, reserve: 16 * MEBIBYTE, small: 131_072}),
    // Sixteen thousand heads are handed out in less than a tenth of a second.
    subscriptions: new Budget({limit: 16_384, reserve: 4_096, small: 64}),
    largeRequests: new OneAtATime(),
    walks: new OneAtATime(),
    thread: new SharedThread(),
  };
}

/** Of this process: there is one memory and one thread, however many nodes and servers run in it. */
export const PROCESS_BUDGETS = createProcessBudgets();

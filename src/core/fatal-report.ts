import type {Report} from "#base";
import {StoreFault, type StoreFaultCode} from "#store";
import {TrieFault} from "#trie";
import {CHAIN_ENDED_TODO} from "./runtimes/chain-ended.ts";
import {StateUnreadable} from "./state-unreadable.ts";

const STOPPED = "the node stops; what is on disk is whole";
const STOPPED_BEFORE_MORE = "the node stops, so that nothing is built on it";

const DATABASE: Readonly<Record<StoreFaultCode, {readonly what: string; readonly todo: string}>> = {
  "database-full": {
    what: "there is no room left for the database",
    todo: "make room, or move --base-path, and start again",
  },
  "database-corrupt": {
    what: "the database file is damaged",
    todo: "khala db check says what is damaged and up to where it is whole, and with --repair --from URL mends it; or purge-chain and sync again; and look after the disk",
  },
  "database-failed": {
    what: "the database cannot be read or written any more",
    todo: "see to it that the disk is there, in order and writable, and start again",
  },
};

/** What a failure that nobody could answer is to its operator: the disk's, or a bug of ours. */
export function fatalReport(error: unknown): Report {
  if (error instanceof AggregateError) return fatalReport(error.errors[0]);
  if (error instanceof StateUnreadable) {
    return {code: "chain-ended", what: error.message, did: STOPPED, todo: CHAIN_ENDED_TODO};
  }
  // Read past the runtime, and so no failure of a call: of no other state than the database's own.
  if (error instanceof TrieFault) {
    return fatalReport(new StoreFault("database-corrupt", error.message));
  }
  if (error instanceof StoreFault) {
    const {what, todo} = DATABASE[error.code];
    const did = error.code === "database-corrupt" ? STOPPED_BEFORE_MORE : STOPPED;
    return {code: error.code, what, facts: [["reason", error.message]], did, todo};
  }
  return {
    code: "node-broken",
    what: error instanceof Error ? (error.stack ?? error.message) : String(error),
    did: STOPPED,
    todo: "start it again; if it comes back, report it with these lines",
  };
}

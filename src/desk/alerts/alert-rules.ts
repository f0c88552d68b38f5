import {bytesToHex} from "#base";
import {areKeysMissing, describeStoppedKey} from "../key-status.ts";
import type {CollatorStatus, SlotOutcome, SlotRecord} from "../vocabulary.ts";
import type {AlertCode} from "./vocabulary.ts";

export interface Alert {
  readonly code: AlertCode;
  /** For people. */
  readonly sentence: string;
}

export interface AlertFacts {
  readonly status: CollatorStatus;
  /** The last own slots of an account that has turns, newest first. */
  readonly recent: readonly SlotRecord[];
  readonly isCollator: boolean;
  /** Bytes; undefined for a node in memory. */
  readonly freeSpace: number | undefined;
  readonly minFreeSpace: number;
  readonly equivocations: number;
}

/** How many missed ones of the last own slots are too many. */
const TOO_MANY = 3;
/** Times the space at which the node stops: time enough to make room. */
const SPACE_MARGIN = 4;

/** Voters named at most, each by so many letters of its key. */
const NAMED = 8;
const SHOWN_DIGITS = 10;

const FINE: ReadonlySet<SlotOutcome> = new Set(["produced", "final", "not-in-set-yet", "silenced"]);

/** What is wrong now; a rule that holds is told once, until it no longer does. */
export function alertsOf(facts: AlertFacts): Alert[] {
  const {status, recent, isCollator, freeSpace, minFreeSpace, equivocations} = facts;
  const {verdict, keys, head, clock, standing} = status;
  const alerts: Alert[] = [];
  const tell = (code: AlertCode, sentence: string) => alerts.push({code, sentence});
  const missed = recent.filter(({outcome}) => !FINE.has(outcome));
  if (missed.length >= TOO_MANY) {
    const reasons = [...new Set(missed.map(({outcome}) => outcome))].join(", ");
    tell(
      "missed-slots",
      `${missed.length} of the last ${recent.length} own slots missed: ${reasons}`,
    );
  }
  if (standing?.isActive === true && standing.kick.isPressing) {
    tell("kicked-soon", standing.kick.sentence);
  }
  if (isCollator && keys !== undefined && areKeysMissing(status)) {
    tell("keys-missing", keys.sentence);
  }
  if (head.stall !== undefined) {
    const keys = head.missingVoters.map(({key}) => bytesToHex(key).slice(0, SHOWN_DIGITS));
    const more = keys.length > NAMED ? " …" : "";
    const who =
      keys.length === 0 ? "" : `; not heard of: ${keys.slice(0, NAMED).join(", ")}${more}`;
    tell("finality-stalled", `${head.stall}${who}`);
  }
  if (clock.isPaused) tell("clock-off", verdict.sentence);
  if (verdict.code === "no-peers") tell("no-peers", verdict.sentence);
  if (freeSpace !== undefined && freeSpace < SPACE_MARGIN * minFreeSpace) {
    tell("disk-low", `${mebibytes(freeSpace)} free; the node stops at ${mebibytes(minFreeSpace)}`);
  }
  for (const stopped of status.stoppedKeys.slice(0, 1)) {
    tell("key-stopped", describeStoppedKey(stopped));
  }
  if (equivocations > 0) {
    tell("signed-twice", `${equivocations} proofs that somebody signed twice: khala_equivocations`);
  }
  return alerts;
}

const mebibytes = (bytes: number): string => `${Math.floor(bytes / 1_048_576)} MiB`;

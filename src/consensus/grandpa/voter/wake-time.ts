import {type Millis, millis} from "#base";
import type {VoterCore} from "./core.ts";
import {commitTimes} from "./send-commits.ts";
import {
  ALL_PEERS_AFTER,
  after,
  MORE_PEERS_AFTER,
  NEIGHBOUR_PERIOD,
  PRECOMMIT_AFTER,
  PREVOTE_AFTER,
} from "./timing.ts";

/** The next moment at which something may be done without anybody saying anything; undefined when there is none. */
export function wakeTime(core: VoterCore): Millis | undefined {
  const times = [...roundTimes(core), ...commitTimes(core)];
  for (const {ours} of core.peers.values()) {
    if (ours !== undefined) times.push(after(ours.at, NEIGHBOUR_PERIOD));
  }
  if (core.signAgainAt !== undefined) times.push(core.signAgainAt);
  if (core.catchUp !== undefined) times.push(core.catchUp.expires);
  let next = Number.POSITIVE_INFINITY;
  for (const time of times) if (time > core.now && time < next) next = time;
  return next === Number.POSITIVE_INFINITY ? undefined : millis(next);
}

function roundTimes(core: VoterCore): Millis[] {
  const {wokenAt, enteredAt, resend, log} = core.currentRound;
  const g = core.options.gossipPeriod;
  const times: Millis[] = [];
  if (wokenAt !== undefined) {
    times.push(after(wokenAt, PREVOTE_AFTER, g), after(wokenAt, PRECOMMIT_AFTER, g));
    if (resend !== undefined) times.push(resend.at);
  }
  if (enteredAt !== undefined && log.entries.length > 0) {
    times.push(after(enteredAt, MORE_PEERS_AFTER, g), after(enteredAt, ALL_PEERS_AFTER, g));
  }
  return times;
}

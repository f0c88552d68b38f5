import type {VoterCore} from "./core.ts";

/** Rounds kept behind the current one, whose late votes still count and are passed on. */
const ROUNDS_BEHIND = 2;

export function enterRound(core: VoterCore, number: number): void {
  core.current = number;
  for (const old of core.rounds.keys()) {
    if (old < number - ROUNDS_BEHIND) core.rounds.delete(old);
  }
  for (const peer of core.peers.values()) peer.forget(number - ROUNDS_BEHIND);
  beginRound(core);
}

export function beginRound(core: VoterCore): void {
  core.currentRound.enteredAt = core.now;
}

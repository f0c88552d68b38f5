import type {Externalities} from "#state";
import {writeAuthorities} from "./authorities.ts";
import type {GrandpaParts} from "./config.ts";
import {grandpaLog} from "./consensus-log.ts";

/** At the end of a block: tells of a change made known in it, and makes the one that is due. */
export function enactPendingChange(
  state: Externalities,
  {config, storage, events}: GrandpaParts,
  number: number,
): void {
  const pending = storage.pendingChange.get(state);
  if (pending === undefined) return;
  const {scheduledAt, delay, nextAuthorities, forced} = pending;
  if (number === scheduledAt) {
    const change = {nextAuthorities, delay};
    config.depositLog(
      state,
      forced === undefined
        ? grandpaLog({type: "ScheduledChange", value: change})
        : grandpaLog({type: "ForcedChange", value: [forced, change]}),
    );
  }
  if (number !== scheduledAt + delay) return;
  writeAuthorities(state, nextAuthorities);
  events.NewAuthorities(state, {authoritySet: nextAuthorities});
  storage.pendingChange.remove(state);
}

/** At the end of a block: a pause or its end that is due. */
export function enactPendingState(
  state: Externalities,
  {config, storage, events}: GrandpaParts,
  number: number,
): void {
  const current = storage.state.get(state);
  if (current.type !== "PendingPause" && current.type !== "PendingResume") return;
  const {scheduledAt, delay} = current.value;
  const isPause = current.type === "PendingPause";
  if (number === scheduledAt) {
    config.depositLog(state, grandpaLog({type: isPause ? "Pause" : "Resume", value: delay}));
  }
  if (number !== scheduledAt + delay) return;
  storage.state.set(state, {type: isPause ? "Paused" : "Live", value: undefined});
  if (isPause) events.Paused(state, {});
  else events.Resumed(state, {});
}

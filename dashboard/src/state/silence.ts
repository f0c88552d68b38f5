import {computed, effect} from "@preact/signals";
import {node} from "../rpc/node.ts";
import {status} from "./collator.ts";

/**
 * `lost`: it did not answer, and the connection was given up; `quiet`: it does not answer now; `late`: it answers so late that
 * what it says is old; `away`: the page itself had let go of it, and comes back.
 */
export type Silence =
  | {
      readonly kind: "lost" | "quiet" | "away";
      /** When the node was last heard; undefined: never. What is shown is as of then. */
      readonly since: number | undefined;
    }
  /** By so many ms. */
  | {readonly kind: "late"; readonly by: number};

/** That the node is not heard as it should be, so that what the page shows is old; undefined while it is. */
export const silence = computed<Silence | undefined>(() => {
  const connection = node.connection.value;
  const isQuiet = node.pulse.isQuiet.value;
  const by = node.pulse.delay.value;
  const since = node.heardAt;
  if (connection === "lost") return {kind: "lost", since};
  if (connection === "open") {
    if (isQuiet) return {kind: "quiet", since};
    return by > 0 ? {kind: "late", by} : undefined;
  }
  return connection === "connecting" && since === undefined ? undefined : {kind: "away", since};
});

/** That the status is not of now, for one reason or the other: what counts down by it has to stop. */
export const isStatusOld = computed(
  () => silence.value !== undefined || status.failure.value !== undefined,
);

effect(() => {
  const slot = status.value?.head.slotDuration;
  if (slot !== undefined) node.pulse.expectEach(slot);
});

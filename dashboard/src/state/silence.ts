import {computed} from "@preact/signals";
import {node} from "../rpc/node.ts";
import {status} from "./collator.ts";

export interface Silence {
  /** When the node was last heard; undefined: never. What is shown is as of then. */
  readonly since: number | undefined;
  /** It did not answer. Otherwise the page itself had let go of it, and comes back. */
  readonly isLost: boolean;
}

/** That the node is not heard, so that what the page shows is old; undefined while it is. */
export const silence = computed<Silence | undefined>(() => {
  const connection = node.connection.value;
  const since = node.heardAt;
  if (connection === "open" || (connection === "connecting" && since === undefined)) {
    return undefined;
  }
  return {since, isLost: connection === "lost"};
});

/** That the status is not of now, for one reason or the other: what counts down by it has to stop. */
export const isStatusOld = computed(
  () => silence.value !== undefined || status.failure.value !== undefined,
);

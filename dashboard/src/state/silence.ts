import {computed} from "@preact/signals";
import {node} from "../rpc/node.ts";

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

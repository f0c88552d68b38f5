import type {BlocksWanted} from "./messages.ts";
import type {PeerState, Task} from "./peer-state.ts";

/** Blocks of one request to a peer that is followed for itself. */
const ALONE = 64;

/** The request that a task comes down to. */
export function blocksWanted(peer: PeerState, what: Task): BlocksWanted {
  const full = {direction: "ascending", body: true, justification: true} as const;
  switch (what.kind) {
    case "search":
      return {...full, from: {number: what.search.at}, max: 1, body: false, justification: false};
    case "head":
      return {...full, from: {hash: what.block.hash}, max: 1, body: false, justification: false};
    case "range": {
      const {from, to} = what.range;
      return {...full, from: {number: from}, max: to - from + 1};
    }
    case "alone":
      return {...full, from: {number: (peer.common ?? 0) + 1}, max: ALONE};
    case "fork":
      return what.fork.wanted;
  }
}

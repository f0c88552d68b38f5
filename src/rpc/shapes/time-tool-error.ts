import {invalidParams, type RpcError} from "../json-rpc/rpc-error.ts";
import type {TimeToolFailure} from "../questions/time-tools.ts";
import {toHex} from "./hex.ts";
import {produceError} from "./produce-error.ts";

/** Names of snapshots that are told; dev_snapshots lists all. */
const MOST_NAMES = 20;
/** Characters of a name that nobody gave. */
const MOST_SHOWN = 100;

/** The code that chopsticks' own refusals have. */
const REFUSED = 1;

export function timeToolError(failure: TimeToolFailure): RpcError {
  switch (failure.code) {
    case "peers-connected":
      return refusal(
        `Only a node without peers may do this, since they could not follow; this one has ${failure.peers}`,
      );
    case "time-passed":
      return refusal(
        `Time only goes forward, and the chain's is ${new Date(failure.now).toISOString()} already; dev_setHead goes back to a block`,
      );
    case "time-ends":
      return refusal(
        `No block of this chain can be as late: its relay chain's block numbers end at ${new Date(failure.end).toISOString()}`,
      );
    case "not-the-best": {
      const {number, hash} = failure.best;
      return refusal(
        `Only the state of the best block can be changed, which is ${number} (${toHex(hash)}); dev_setHead goes to another one first`,
      );
    }
    case "state-unavailable":
      return refusal(`The state after ${toHex(failure.block)} is not kept`);
    case "stand-in":
      return refusal(
        `${toHex(failure.block)} stands for all blocks below the one that the chain began with: nothing is made on it`,
      );
    case "voters-changed":
      return refusal(
        `Finality was handed to other voters after ${toHex(failure.block)}: it cannot be given back to those before`,
      );
    case "snapshot-unknown": {
      const {name, known} = failure;
      const told = known.slice(0, MOST_NAMES).join(", ");
      const more = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : "";
      const there = known.length === 0 ? "there is none" : `there are ${told}${more}`;
      const shown = name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name;
      return refusal(`No snapshot is called ${shown}; ${there}. dev_snapshot makes one`);
    }
    case "too-many-snapshots":
      return refusal(`There are ${failure.most} snapshots already; dev_dropSnapshot makes room`);
    case "misfit":
      return invalidParams(`${failure.at || "values"}: expected ${failure.expected}`);
    case "dispatch-refused":
    case "dispatch-unclear":
    case "code-unusable":
      return refusal(failure.reason);
    default:
      return produceError(failure);
  }
}

export const refusal = (message: string): RpcError => ({code: REFUSED, message});

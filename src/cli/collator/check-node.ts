import {DeskError} from "../desk/desk-error.ts";
import {durationText} from "../desk/moments.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {StatusJson} from "../desk/status-json.ts";
import {RpcFailure} from "../rpc-client.ts";

interface SyncProgress {
  readonly target: number | null;
  readonly secondsLeft: number | null;
}

/** Asks the node how it collates; one that cannot say is none of ours. */
export async function askStatus(link: NodeLink): Promise<StatusJson> {
  try {
    return (await link.ask("collator_status")) as StatusJson;
  } catch (error) {
    if (!NodeLink.isUnknownMethod(error)) throw error;
    throw new DeskError({
      code: "node-foreign",
      what: `the node at ${link.place} knows no collator_status`,
      todo: "point --url at a khala node of this version or a newer one",
    });
  }
}

/** How a node stands, as far as it concerns somebody who is about to register. */
export interface NodeState {
  readonly isCollator: boolean;
  readonly best: number;
  readonly finalized: number;
  readonly peers: number;
  readonly isSyncing: boolean;
  /** Of nodes of this program, where they can read their chain's sessions. */
  readonly status: StatusJson | undefined;
}

/** By what any node answers, and by `collator_status` where this one does. */
export async function askNode(link: NodeLink): Promise<NodeState> {
  const final = (await link.ask("chain_getFinalizedHead")) as string;
  const [roles, health, best, finalized, status] = await Promise.all([
    link.ask("system_nodeRoles") as Promise<readonly string[]>,
    link.ask("system_health") as Promise<{peers: number; isSyncing: boolean}>,
    link.ask("chain_getHeader") as Promise<{number: string}>,
    link.ask("chain_getHeader", final) as Promise<{number: string}>,
    askStatusIfAny(link),
  ]);
  return {
    isCollator: roles.includes("Authority"),
    best: Number(best.number),
    finalized: Number(finalized.number),
    peers: health.peers,
    isSyncing: health.isSyncing,
    status,
  };
}

/** Undefined where the node has no answer. */
export const askStatusIfAny = (link: NodeLink): Promise<StatusJson | undefined> =>
  ifAny(link.ask("collator_status")) as Promise<StatusJson | undefined>;

async function ifAny(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RpcFailure) return undefined;
    throw error;
  }
}

/** Refuses a node that would not author: nobody should register for one that is kicked before it is ready. */
export async function checkNode(link: NodeLink, node: NodeState): Promise<void> {
  if (!node.isCollator) {
    throw new DeskError({
      code: "node-not-collating",
      what: `the node at ${link.place} makes no blocks`,
      todo: "start it with --collator, then run this again",
    });
  }
  if (node.isSyncing) {
    const progress = (await ifAny(link.ask("khala_syncProgress"))) as SyncProgress | undefined;
    const {target = null, secondsLeft = null} = progress ?? {};
    const rest = secondsLeft === null ? "unknown" : durationText(secondsLeft * 1_000);
    throw new DeskError({
      code: "node-syncing",
      what: "the node is still catching up with the chain",
      facts: [
        ["best", `${node.best} of ${target ?? "an unknown height"}`],
        ["left", rest],
      ],
      todo: "wait until khala collator status says that it is over, then run this again",
    });
  }
  const clock = node.status?.clock;
  if (clock?.isPaused) {
    throw new DeskError({
      code: "clock-off",
      what: "the node's clock is too far off for making blocks",
      facts: [
        [
          "offset",
          `${Math.round(clock.offset ?? 0)} ms by ${clock.source}; ${clock.bound} ms are let pass`,
        ],
      ],
      todo: "set the clock (NTP), then run this again",
    });
  }
}

export function clockText({offset, source, bound}: StatusJson["clock"]): string {
  if (offset === undefined) return "nothing to compare with yet";
  return `${Math.round(Math.abs(offset))} ms off by ${source === "ntp" ? "a time server" : "others' blocks"}; ${bound} ms are let pass`;
}

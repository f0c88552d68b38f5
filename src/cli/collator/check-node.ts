import {DeskError} from "../desk/desk-error.ts";
import {durationText} from "../desk/moments.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {StatusJson} from "../desk/status-json.ts";

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

/** Refuses a node that would not author: nobody should register for one that is kicked before it is ready. */
export async function checkNode(link: NodeLink, status: StatusJson): Promise<void> {
  const {verdict, head, clock} = status;
  if (verdict.code === "not-a-collator") {
    throw new DeskError({
      code: "node-not-collating",
      what: `the node at ${link.place} makes no blocks`,
      todo: "start it with --collator, then run this again",
    });
  }
  if (head.isSyncing) {
    const {target, secondsLeft} = (await link.ask("khala_syncProgress")) as {
      target: number | null;
      secondsLeft: number | null;
    };
    const rest = secondsLeft === null ? "unknown" : durationText(secondsLeft * 1_000);
    throw new DeskError({
      code: "node-syncing",
      what: "the node is still catching up with the chain",
      facts: [
        ["best", `${head.best} of ${target ?? "an unknown height"}`],
        ["left", rest],
      ],
      todo: "wait until khala collator status says that it is over, then run this again",
    });
  }
  if (clock.isPaused) {
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

import {ok} from "#base";
import {method, optional, u32} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

const HOUR = 3_600_000;
/** As long as slots are noted. */
const MAX_RANGE = 30 * 24 * HOUR;

export const collatorHistory = (collator: CollatorQuestions) =>
  method({
    name: "collator_history",
    params: [optional("range", u32)],
    result:
      "{from, to, lag: {since, step, points: [{at, most, last, peers}]}, slots: {since, step, buckets: [{at, made, missed, reasons}]}}: blocks that finality was behind, and own slots, of the last `range` milliseconds (an hour; 30 days at most); since: when the node began to note, null where it has nothing",
    handle({node}, range = HOUR) {
      const history = collator.history(Math.min(range, MAX_RANGE));
      return ok(new CollatorJson(node.ss58Prefix).history(history));
    },
  });

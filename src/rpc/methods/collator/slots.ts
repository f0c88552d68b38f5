import {millis, ok} from "#base";
import {method, optional, u32, unixTime} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

export const collatorSlots = (collator: CollatorQuestions) =>
  method({
    name: "collator_slots",
    params: [optional("limit", u32), optional("before", unixTime)],
    result:
      "[{slot, at, outcome, block?, detail?}] newest first: own slots and what became of them",
    handle({node}, limit = DEFAULT_LIMIT, before) {
      const json = new CollatorJson(node.ss58Prefix);
      const records = collator.slots(
        Math.min(limit, MAX_LIMIT),
        before === undefined ? undefined : millis(before),
      );
      return ok(records.map(record => json.slot(record)));
    },
  });

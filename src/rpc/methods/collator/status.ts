import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

export const collatorStatus = (collator: CollatorQuestions) =>
  method({
    name: "collator_status",
    params: [],
    result:
      "CollatorStatus: verdict, since: {at, isAtLeast}, keys, standing, authorities, production, next slot, session, head (missingVoters: [{key, account}] where finality stands still), clock, time; what the chain does not publish is null",
    handle: ({node}) => ok(new CollatorJson(node.ss58Prefix).status(collator.status())),
  });

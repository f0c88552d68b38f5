import {ok} from "#base";
import type {CollatorBackend} from "../../backend/index.ts";
import {method} from "../../declare/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

export const collatorStatus = (collator: CollatorBackend) =>
  method({
    name: "collator_status",
    params: [],
    result: "CollatorStatus: verdict, keys, standing, production, next slot, session, head, clock",
    handle: ({node}) => ok(new CollatorJson(node.ss58Prefix).status(collator.status())),
  });

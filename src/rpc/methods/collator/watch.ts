import {ok} from "#base";
import {address, method, optional} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";

export const collatorWatch = (collator: CollatorQuestions) =>
  method({
    name: "collator_watch",
    unsafe: true,
    params: [optional("account", address)],
    result: "null; the node remembers for whom it collates, or finds out by its keys",
    handle(_, account) {
      collator.watch(account);
      return ok(null);
    },
  });

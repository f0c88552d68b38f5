import {ok} from "#base";
import type {CollatorBackend} from "../../backend/index.ts";
import {address, method, optional} from "../../declare/index.ts";

export const collatorWatch = (collator: CollatorBackend) =>
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

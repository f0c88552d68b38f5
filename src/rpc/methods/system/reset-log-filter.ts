import {ok} from "#base";
import type {LogBackend} from "../../backend/index.ts";
import {method} from "../../declare/index.ts";

export const systemResetLogFilter = (log: LogBackend) =>
  method({
    name: "system_resetLogFilter",
    unsafe: true,
    params: [],
    result: "null",
    handle() {
      log.resetFilter();
      return ok(null);
    },
  });

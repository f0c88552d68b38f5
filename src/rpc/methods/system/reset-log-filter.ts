import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {LogQuestions} from "../../questions/log.ts";

export const systemResetLogFilter = (log: LogQuestions) =>
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

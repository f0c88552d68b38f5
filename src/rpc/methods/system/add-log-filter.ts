import {err, ok} from "#base";
import {method, param, text} from "../../declare/index.ts";
import {invalidParams} from "../../json-rpc/rpc-error.ts";
import type {LogQuestions} from "../../questions/log.ts";

export const systemAddLogFilter = (log: LogQuestions) =>
  method({
    name: "system_addLogFilter",
    unsafe: true,
    params: [param("directives", text)],
    result: "null; directives are levels such as debug or aura=debug,sync=trace",
    handle: (_, directives) =>
      log.addFilter(directives)
        ? ok(null)
        : err(invalidParams("directives: expected levels such as debug or aura=debug,sync=trace")),
  });

import {err, ok} from "#base";
import type {LogBackend} from "../../backend/index.ts";
import {method, param, text} from "../../declare/index.ts";
import {invalidParams} from "../../json-rpc/rpc-error.ts";

export const systemAddLogFilter = (log: LogBackend) =>
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

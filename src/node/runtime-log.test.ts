import assert from "node:assert/strict";
import {test} from "node:test";
import type {Logger} from "#base";
import {LogFilter} from "./logging/index.ts";
import {runtimeLog} from "./runtime-log.ts";

test("a runtime is heard at the level that its own name was given, while that lasts, and not by the general one", () => {
  const lines: unknown[] = [];
  const logger: Logger = {
    log: (level, target, message, fields) => void lines.push([level, target, message, fields]),
  };
  const filter = LogFilter.parse(["debug"])!;
  const log = runtimeLog(logger, filter);
  assert.equal(log.level(), undefined);
  filter.add("runtime=warn");
  assert.equal(log.level(), "warn");
  log.write("warn", "runtime::system", "words");
  assert.deepEqual(lines, [["warn", "runtime", "words", {target: "runtime::system"}]]);
  filter.reset();
  assert.equal(log.level(), undefined);
  assert.equal(runtimeLog(logger, undefined).level(), undefined);
});

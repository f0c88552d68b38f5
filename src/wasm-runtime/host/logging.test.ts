import assert from "node:assert/strict";
import {test} from "node:test";
import type {LogLevel} from "#base";
import {Guest, hostOf} from "../test-kit/guest.ts";

function listening(level: LogLevel) {
  const lines: string[] = [];
  const write = (at: LogLevel, target: string, message: string) => {
    lines.push(`${at} ${target}: ${message}`);
  };
  return {lines, host: hostOf([], {log: {level, write}})};
}

test("what is logged goes to whoever listens, down to the level that is wanted", () => {
  const {lines, host} = listening("info");
  Guest.run(host, guest => {
    assert.equal(guest.call("logging_max_level_version_1"), 3);
    for (const level of [0, 1, 2, 3, 4]) {
      guest.call("logging_log_version_1", level, "runtime::x", `level ${level}`);
    }
    guest.call("misc_print_utf8_version_1", "words");
  });
  assert.deepEqual(lines, [
    "error runtime::x: level 0",
    "warn runtime::x: level 1",
    "info runtime::x: level 2",
  ]);
});

test("what is printed is for whoever looks closely", () => {
  const {lines, host} = listening("debug");
  Guest.run(host, guest => {
    guest.call("misc_print_num_version_1", -1n);
    guest.call("misc_print_utf8_version_1", "words");
    guest.call("misc_print_hex_version_1", Uint8Array.of(1, 0xab));
  });
  assert.deepEqual(lines, [
    "debug runtime: 18446744073709551615",
    "debug runtime: words",
    "debug runtime: 0x01ab",
  ]);
});

test("where nobody listens a runtime is told to be silent, and an abort says why all the same", () => {
  Guest.run(hostOf(), guest => {
    assert.equal(guest.call("logging_max_level_version_1"), 0);
    guest.call("logging_log_version_1", 0, "runtime", "nobody hears this");
    const abort = () => guest.call("panic_handler_abort_on_panic_version_1", "it broke");
    assert.throws(abort, /it broke/);
  });
});

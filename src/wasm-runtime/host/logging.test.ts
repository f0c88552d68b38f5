import assert from "node:assert/strict";
import {test} from "node:test";
import {type LogLevel, utf8Bytes} from "#base";
import {Guest, hostOf, services} from "../test-kit/guest.ts";
import type {RuntimeLog} from "./call-context.ts";

function listening(level: LogLevel | undefined) {
  const lines: string[] = [];
  const log: RuntimeLog = {
    level: () => level,
    write: (at, target, message) => void lines.push(`${at} ${target}: ${message}`),
  };
  return {lines, options: {services: {...services, log}}};
}

test("what is logged goes to whoever listens, down to the level that is wanted", () => {
  const {lines, options} = listening("info");
  const say = (guest: Guest) => {
    assert.equal(guest.call("logging_max_level_version_1"), 3);
    for (const level of [0, 1, 2, 3, 4]) {
      guest.call("logging_log_version_1", level, "runtime::x", `level ${level}`);
    }
    guest.call("misc_print_utf8_version_1", "words");
  };
  Guest.run(hostOf(), say, options);
  assert.deepEqual(lines, [
    "error runtime::x: level 0",
    "warn runtime::x: level 1",
    "info runtime::x: level 2",
  ]);
});

test("what is printed is for whoever looks closely", () => {
  const {lines, options} = listening("debug");
  const say = (guest: Guest) => {
    guest.call("misc_print_num_version_1", -1n);
    guest.call("misc_print_utf8_version_1", "words");
    guest.call("misc_print_hex_version_1", Uint8Array.of(1, 0xab));
  };
  Guest.run(hostOf(), say, options);
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

test("what is logged has no characters that are commands to a screen", () => {
  const {lines, options} = listening("error");
  const words = utf8Bytes("panicked at x.rs:\n\u001b[31mred\u0007\u009b0m");
  const say = (guest: Guest) => guest.call("logging_log_version_1", 0, "a\nb", words);
  Guest.run(hostOf(), say, options);
  assert.deepEqual(lines, ["error a b: panicked at x.rs: [31mred 0m"]);
});

test("a filter may be set to nothing while somebody could listen", () => {
  const {lines, options} = listening(undefined);
  const say = (guest: Guest) => {
    guest.call("logging_log_version_1", 0, "runtime", "unheard");
    return guest.call("logging_max_level_version_1");
  };
  assert.equal(Guest.run(hostOf(), say, options), 0);
  assert.deepEqual(lines, []);
});

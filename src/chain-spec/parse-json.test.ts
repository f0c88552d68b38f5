import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {parse} from "lossless-json";
import {parseJson} from "./parse-json.ts";

/** What a parser makes of a text, or what it says against it. */
function outcome(read: (text: string) => unknown, text: string): unknown {
  try {
    return read(text);
  } catch (error) {
    return String(error);
  }
}

const LONG = `0x${"5a".repeat(600)}`;
const OTHER = `0x${"a5".repeat(500)}`;

test("long values in hex are read as they stand, and all else as the parser has it", () => {
  for (const text of [
    `{"a": "${LONG}", "b": 123456789012345678901234567890, "c": ["${LONG}", "~0"]}`,
    `{"a": "~0", "~1": "${LONG}", "b" : "${OTHER}", "c":\n "${LONG}"}`,
    `{"${LONG}": "${OTHER}", "${OTHER}": {"__proto__": "${LONG}"}}`,
    `{"a": "${LONG}", "a": "${LONG}"}`,
    `{"a": "${LONG}", "a": "${OTHER}"}`,
    `{"a": "\\u007e0", "b": "${LONG}"}`,
    `{"a": "x\\":\\"${LONG}", "b": "${LONG}"}`,
    `{"a": "b"${LONG}"}`,
    `{"a": "b" "${LONG}"}`,
    `{"a": "${LONG}`,
    `{"a": "${LONG}\n"}`,
    `{"a": "${LONG}"} x`,
    `"${LONG}"`,
    `["${LONG}"]`,
    "",
  ]) {
    assert.deepEqual(outcome(parseJson, text), outcome(parse, text), text.slice(0, 60));
  }
});

test("of any text it makes what the parser makes", () => {
  const piece = fc.constantFrom(
    ...['{"', '"', '":"', '","', '"}', ":", ",", "{", "}", "[", "]", " ", "\\", "~0", "~", "1e3"],
    LONG,
    OTHER,
    `"${LONG}"`,
    `{"a":"${LONG}"}`,
    `"b":"${OTHER}"`,
  );
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 12}), pieces => {
      const text = pieces.join("");
      assert.deepEqual(outcome(parseJson, text), outcome(parse, text));
    }),
    {numRuns: 3_000},
  );
});

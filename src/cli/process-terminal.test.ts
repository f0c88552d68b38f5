import assert from "node:assert/strict";
import {test} from "node:test";
import {withoutControls} from "./process-terminal.ts";

test("a line has nothing in it that a terminal would obey, whoever gave its words", () => {
  const line = "name \x1b[2J\x1b[31mred\x07\x9b1m\r, first\n\tsecond é 🙂";
  assert.equal(
    withoutControls(line),
    "name \ufffd[2J\ufffd[31mred\ufffd\ufffd1m\ufffd, first\n\tsecond é 🙂",
  );
});

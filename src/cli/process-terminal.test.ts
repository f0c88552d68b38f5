import assert from "node:assert/strict";
import {test} from "node:test";
import {reportShown, withoutControls} from "./process-terminal.ts";

test("a line has nothing in it that a terminal would obey, whoever gave its words", () => {
  const line = "name \x1b[2J\x1b[31mred\x07\x9b1m\r, first\n\tsecond é 🙂";
  assert.equal(
    withoutControls(line),
    "name \ufffd[2J\ufffd[31mred\ufffd\ufffd1m\ufffd, first\n\tsecond é 🙂",
  );
});

test("the code of a report stands out in colour, and nothing else does", () => {
  const report = "flag-unknown: there is no flag --x\n  do  see --help";
  assert.equal(
    reportShown(report, true),
    report.replace("flag-unknown", "\x1b[31mflag-unknown\x1b[0m"),
  );
  assert.equal(reportShown(report, false), report);
  assert.equal(reportShown("warning: a word", true), "warning: a word");
});

import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {closeSync, mkdtempSync, openSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
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

test("output that cannot be written is said in a sentence, and the command failed", () => {
  const folder = mkdtempSync(join(tmpdir(), "khala-output-"));
  const output = openSync(join(folder, "output"), "w");
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  // No file of that process may grow beyond nothing: what a full disk does, without one.
  const {status, stderr} = spawnSync(
    "sh",
    ["-c", 'ulimit -f 0; exec "$0" --import tsx "$1" --help', process.execPath, main],
    {encoding: "utf8", stdio: ["ignore", output, "pipe"]},
  );
  closeSync(output);
  rmSync(folder, {recursive: true});
  assert.equal(status, 1);
  assert.match(stderr, /^system-refused: standard output cannot be written: EFBIG/);
  assert.doesNotMatch(stderr, /^ +at /m);
});

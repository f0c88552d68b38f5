import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {type Report, silentLogger} from "#base";
import {guardOnDisk} from "./guard-on-disk.ts";

const key = new Uint8Array(32).fill(1);

test("a disk that can promise nothing any more ends the node, once and with the reason", () => {
  const reports: Report[] = [];
  const onFatal = (report: Report) => reports.push(report);
  const guard = guardOnDisk("/dev/null/signed", {logger: silentLogger, onFatal});
  for (let slot = 1; slot <= 3; slot++) {
    assert.equal(guard.take("aura", key, [slot], Uint8Array.of(1)).ok, false);
  }
  assert.deepEqual(
    reports.map(({code, facts}) => [code, facts?.at(-1)]),
    [["disk-unwritable", ["reason", "ENOTDIR"]]],
  );
});

test("what the guard finds wrong with its records is said", t => {
  const directory = mkdtempSync(join(tmpdir(), "khala-guard-"));
  t.after(() => rmSync(directory, {recursive: true}));
  const place = "0000000000000f";
  writeFileSync(join(directory, `61757261${"01".repeat(32)}.${place}`), "");
  const said: string[] = [];
  const logger = {log: (_level: string, _target: string, text: string) => said.push(text)};
  const onFatal = (report: Report) => assert.fail(report.what);
  const guard = guardOnDisk(directory, {logger, onFatal});
  assert.ok(guard.take("aura", key, [15], Uint8Array.of(1)).ok);
  assert.match(said.join(), /empty record/);
});

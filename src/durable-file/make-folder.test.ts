import assert from "node:assert/strict";
import {mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {makeFolder} from "./index.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-folder-"));
after(() => rmSync(directory, {recursive: true, force: true}));

test("a folder is made with those above it, and one that is there stays", () => {
  const deep = join(directory, "a", "b", "c");
  makeFolder(deep, 0o700);
  for (const path of [deep, join(directory, "a")]) assert.equal(statSync(path).mode & 0o777, 0o700);
  makeFolder(deep);
  assert.equal(statSync(deep).mode & 0o777, 0o700);
  makeFolder("/");
});

test("where no folder can ever be made the system's reason is thrown, at once", {
  skip: process.platform !== "linux",
}, () => {
  for (const path of ["/proc/nope", "/proc/nope/deeper/still"]) {
    assert.throws(() => makeFolder(path), {code: "ENOENT", syscall: "mkdir"});
  }
});

test("what is in the way is no folder", () => {
  const file = join(directory, "file");
  writeFileSync(file, "");
  assert.throws(() => makeFolder(file), {code: "EEXIST"});
  assert.throws(() => makeFolder(join(file, "below")), {code: "ENOTDIR"});
  const dangling = join(directory, "link");
  symlinkSync(join(directory, "gone"), dangling);
  assert.throws(() => makeFolder(join(dangling, "below")), {code: "EEXIST"});
});

import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {HOST_FUNCTIONS} from "#wasm-runtime";
import {hostFunctionReference} from "../support/host-function-reference.ts";

const PAGE = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", "host-functions.md");

test("the page of host functions is what runtimes are given", () => {
  const page = hostFunctionReference(HOST_FUNCTIONS);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PAGE, page);
  assert.equal(readFileSync(PAGE, "utf8"), page, "see its head for how to make it anew");
});

test("each is there once, by a name that is upstream's", () => {
  const names = HOST_FUNCTIONS.map(({name}) => name);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^ext_[a-z0-9_]+_version_\d$/);
});

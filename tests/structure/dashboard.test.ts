import assert from "node:assert/strict";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const SOURCE = join(ROOT, "dashboard/src");
const BUILT = join(ROOT, "dist/dashboard");

/** What a phone on a slow line is asked for in all, should it go to every screen. */
const MOST_ZIPPED = 400_000;
/** Of the node's code what a page may run: plain functions, without anything of node's. */
const PURE = ["base", "codec", "crypto", "primitives", "description"];

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const zippedSize = (path: string): number => gzipSync(readFileSync(path)).length;

test("the whole dashboard is below 400 kB on the wire", () => {
  assert.ok(existsSync(BUILT), "npm run build makes it");
  const files = filesBelow(BUILT);
  const size = files.reduce((sum, path) => sum + zippedSize(path), 0);
  assert.ok(size < MOST_ZIPPED, `${size} bytes in ${files.length} files`);
});

/** What a person may follow a link to, and a namespace, which is a name and no place. */
const OUTSIDE = ["https://polkadot.js.org", "https://dev.papi.how", "http://www.w3.org"];

test("the dashboard asks nobody outside by itself: what leads there is a link, which only a click follows", () => {
  for (const path of filesBelow(BUILT)) {
    const text = readFileSync(path, "utf8");
    const asked = text.match(/src[=:]\s*["'`](?:https?:)?\/\/|url\((?:https?:)?\/\/|@import/);
    assert.equal(asked, null, relative(ROOT, path));
    // Nor does it name any other place, by which something else could ask.
    const named = [...text.matchAll(/(?:https?|wss?):\/\/[\w.-]+/g)].map(([place]) => place);
    assert.deepEqual(
      named.filter(place => !OUTSIDE.includes(place)),
      [],
      relative(ROOT, path),
    );
  }
  for (const path of filesBelow(SOURCE)) {
    const text = readFileSync(path, "utf8");
    const [first, second] = OUTSIDE.map(place => text.includes(place));
    if (first || second) assert.match(text, /<a href=\{to\} target="_blank"/, relative(ROOT, path));
  }
});

test("no code of the node imports the dashboard's", () => {
  for (const path of filesBelow(join(ROOT, "src")).filter(file => file.endsWith(".ts"))) {
    const text = readFileSync(path, "utf8");
    assert.doesNotMatch(text, /(from|import\()\s*"[^"]*dashboard\/src/, relative(ROOT, path));
  }
});

test("the dashboard takes of the node types, and pure folders by their index", () => {
  for (const path of filesBelow(SOURCE)) {
    const text = readFileSync(path, "utf8");
    const imports = text.matchAll(
      /^import (type )?[^;]*?from "((?:\.\.\/)+src\/([\w-]+)\/[^"]*)"/gm,
    );
    for (const [, isType, target, folder] of imports) {
      if (isType !== undefined) continue;
      assert.ok(PURE.includes(folder!), `${relative(ROOT, path)} imports ${target}`);
      assert.match(target!, /\/src\/[\w-]+\/index\.ts$/, relative(ROOT, path));
    }
  }
});

test("no file of the dashboard is longer than 250 lines", () => {
  for (const path of filesBelow(SOURCE)) {
    const lines = readFileSync(path, "utf8").split("\n").length;
    assert.ok(lines <= 250, `${relative(ROOT, path)} has ${lines} lines`);
  }
});

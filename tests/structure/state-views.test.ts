import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, sep} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const SRC = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src");

/** Those that states are made of and kept in. */
const INSIDE = ["trie", "state", "store"];

test("nobody reaches through a state to its trie: an index or another node may stand in for it", () => {
  const reaching = readdirSync(SRC, {recursive: true, encoding: "utf8"}).filter(
    file =>
      file.endsWith(".ts") &&
      !INSIDE.includes(file.split(sep)[0]!) &&
      /\bstate\w*\??\.trie\b(?!\()|\.state(At\([^)]*\))?[?!]?\.trie\b(?!\()|\bview\.trie\b/i.test(
        readFileSync(join(SRC, file), "utf8"),
      ),
  );
  assert.deepEqual(reaching, []);
});

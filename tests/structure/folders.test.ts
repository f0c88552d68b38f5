import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const SRC = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src");

test("folders are made by `makeFolder` alone: node's own way can go round for ever", () => {
  const sources = readdirSync(SRC, {recursive: true, encoding: "utf8"}).filter(
    file => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("test-kit"),
  );
  assert.ok(sources.length > 500);
  const others = sources.filter(
    file =>
      file !== join("durable-file", "make-folder.ts") &&
      /\bmkdir(Sync)?\(/.test(readFileSync(join(SRC, file), "utf8")),
  );
  assert.deepEqual(others, []);
});

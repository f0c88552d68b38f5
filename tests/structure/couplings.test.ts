import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Lines that other work may have put before a place since it was written down. */
const DRIFT = 15;

test("the couplings that the architecture admits are where it says", () => {
  const text = readFileSync(join(ROOT, "docs/ARCHITECTURE.md"), "utf8");
  const chapter = text.slice(text.indexOf("## Known couplings"));
  const places = [...chapter.matchAll(/`(src\/[^`]+\.ts):(\d+)`\s+`([^`]+)`/g)];
  assert.ok(places.length >= 5, `${places.length} places are named`);
  for (const [, file, line, name] of places) {
    const lines = readFileSync(join(ROOT, file!), "utf8").split("\n");
    const at = Number(line) - 1;
    const near = lines.slice(Math.max(0, at - DRIFT), at + DRIFT);
    const found = lines.findIndex(each => each.includes(name!)) + 1;
    assert.ok(
      near.some(each => each.includes(name!)),
      `${file}:${line} ${name}: ${found === 0 ? "it is gone" : `it is at line ${found}`}`,
    );
  }
});

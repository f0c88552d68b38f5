import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {SLOT_OUTCOMES, VERDICTS} from "#desk";
import {ALERT_CODES} from "../../../src/desk/alerts/vocabulary.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const guide = readFileSync(join(ROOT, "docs", "operator-guide.md"), "utf8");

/** The part of the guide under one heading. */
function section(title: string): string {
  const [, rest = ""] = guide.split(`\n## ${title}\n`);
  return rest.split("\n## ")[0]!;
}

function explains(title: string, words: readonly string[]): void {
  const text = section(title);
  assert.deepEqual(
    words.filter(word => !text.includes(`\`${word}\``)),
    [],
    `under "${title}"`,
  );
}

/** What stands between quotes after a name, in all sources of a folder. */
function named(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(join(ROOT, folder), {recursive: true, encoding: "utf8"});
  return files
    .filter(file => /\.(ts|yml)$/.test(file) && !file.endsWith(".test.ts"))
    .flatMap(file => [...readFileSync(join(ROOT, folder, file), "utf8").matchAll(pattern)])
    .map(match => match[1]!);
}

test("the guide explains every verdict, slot outcome, metric and alert that there is", () => {
  explains("Verdicts", VERDICTS);
  explains("Slots", SLOT_OUTCOMES);
  explains("Alerts", [...ALERT_CODES, ...named("deploy/prometheus", /alert: (\w+)/g)]);
  const metrics = named("src/node/metrics", /name: "((?:khala|substrate)_\w+)"/g);
  assert.ok(metrics.length > 20);
  explains("Metrics", metrics);
});

test("the guide explains every code that a command of the desk ends with", () => {
  const codes = named("src/cli", /code: "([a-z-]+)"/g);
  assert.ok(codes.length > 40);
  explains("Error codes", codes);
});

import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {installPacked, toolOf} from "../support/packed-package.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-kit-"));
after(() => rmSync(folder, {recursive: true, force: true}));
let examples: string[] = [];

before(() => {
  const home = installPacked(folder);
  const shipped = join(home, "docs", "examples", "testing");
  examples = readdirSync(shipped);
  for (const file of examples) cpSync(join(shipped, file), join(folder, file));
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}\n');
});

/** As somebody would type it there: nothing of how these tests are run is handed down. */
function run(command: string, args: readonly string[]) {
  const {NODE_OPTIONS, NODE_TEST_CONTEXT, ...env} = process.env;
  const {status, stdout, stderr} = spawnSync(command, args, {cwd: folder, encoding: "utf8", env});
  return {status, output: `${stdout}\n${stderr}`};
}

test("the three examples run in an empty folder with nothing but node's own test runner", () => {
  assert.equal(examples.length, 3);
  const {status, output} = run(process.execPath, ["--test", "--test-reporter=tap", ...examples]);
  assert.equal(status, 0, output);
  assert.match(output, /^# pass 3$/m);
});

test("their types hold against the types that are shipped", () => {
  const {status, output} = run(process.execPath, [
    toolOf("typescript", "bin", "tsc"),
    ..."--noEmit --strict --allowJs --checkJs --module nodenext --target es2022".split(" "),
    ..."--types node --exactOptionalPropertyTypes".split(" "),
    `--typeRoots`,
    toolOf("@types"),
    ...examples,
  ]);
  assert.equal(status, 0, output);
});

test("types and functions agree: what the types do not know is refused", () => {
  writeFileSync(
    join(folder, "wrong.mjs"),
    'import {startNetwork} from "khala/testing";\nawait startNetwork({invulnerable: 4});\n',
  );
  const {status, output} = run(process.execPath, [
    toolOf("typescript", "bin", "tsc"),
    ..."--noEmit --strict --allowJs --checkJs --module nodenext --target es2022".split(" "),
    "wrong.mjs",
  ]);
  assert.notEqual(status, 0);
  assert.match(output, /invulnerable/);
});

test("the documentation shows the examples as they are", () => {
  const docs = readFileSync(join(folder, "node_modules", "khala", "docs", "testing.md"), "utf8");
  for (const file of examples) {
    const code = readFileSync(join(folder, file), "utf8");
    assert.ok(docs.includes(`<!-- example: ${file} -->\n\n\`\`\`js\n${code}\`\`\``), file);
  }
});

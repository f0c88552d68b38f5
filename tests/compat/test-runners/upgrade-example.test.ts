import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {knownChain} from "../../genuine/support/known-specs.ts";
import {statemine901} from "../../genuine/support/statemine-901.ts";
import {installPacked} from "../../support/packed-package.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "khala-upgrade-example-"));
/** `:code` */
const CODE_KEY = "0x3a636f6465";
after(() => rmSync(folder, {recursive: true, force: true}));

before(async () => {
  const home = installPacked(folder);
  cpSync(join(home, "docs", "examples", "runtime-upgrade"), folder, {recursive: true});
  symlinkSync(join(HERE, "node_modules", "vitest"), join(folder, "node_modules", "vitest"));
  const spec = await knownChain("rococo_v2_2_asset_hub");
  writeFileSync(join(folder, "chain-spec.json"), spec);
  const {genesis} = JSON.parse(spec) as {genesis: {raw: {top: Record<string, string>}}};
  const code = Buffer.from(genesis.raw.top[CODE_KEY]!.slice(2), "hex");
  writeFileSync(join(folder, "next.wasm"), statemine901(code));
});

function vitest(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const {NODE_OPTIONS, NODE_TEST_CONTEXT, ...own} = process.env;
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "test", ...args],
    {
      cwd: folder,
      encoding: "utf8",
      env: {...own, NEXT_RUNTIME: "next.wasm", ...env, NO_COLOR: "1"},
      timeout: 500_000,
    },
  );
  return {status, output: `${stdout}\n${stderr}`};
}

test("the example of a runtime's upgrade holds for statemine 900 and 901, and what it costs is known from then on", () => {
  const first = vitest({CI: ""});
  assert.equal(first.status, 0, first.output);
  assert.match(first.output, /Tests {2}3 passed \(3\)/);
  const costs = JSON.parse(
    readFileSync(join(folder, "test", "__costs__", "upgrade.test.json"), "utf8"),
  ) as Record<string, {refTime: number; proof: number}>;
  assert.deepEqual(Object.keys(costs), ["a payment", "two payments at once"]);
  assert.ok(costs["two payments at once"]!.refTime > costs["a payment"]!.refTime);
  // In another process and at another time of day it is the same to the byte.
  const again = vitest({CI: "true"}, "-t", "costs");
  assert.equal(again.status, 0, again.output);
});

test("an upgrade to what is no runtime fails, and says so", () => {
  writeFileSync(join(folder, "none.wasm"), Uint8Array.of(1, 2, 3));
  const {status, output} = vitest({NEXT_RUNTIME: "none.wasm"}, "-t", "reads on");
  assert.equal(status, 1, output);
  assert.match(output, /Error: upgrade: /);
});

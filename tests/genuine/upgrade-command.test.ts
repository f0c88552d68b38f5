import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {CODE_KEY} from "#primitives";
import {parseFlags} from "../../src/cli/flags/index.ts";
import {recordedTerminal} from "../../src/cli/test-kit/recorded-terminal.ts";
import {upgradeCommand} from "../../src/cli/upgrade/index.ts";
import {knownChain, oldChain} from "./support/known-specs.ts";
import {statemine901} from "./support/statemine-901.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-upgrade-"));
after(() => rmSync(folder, {recursive: true, force: true}));

const text = await knownChain("rococo_v2_2_asset_hub");
const {genesis} = unwrap(parseChainSpec(text)).spec;
assert.ok(genesis.kind === "raw");
const code = statemine901(genesis.top.get(CODE_KEY)!);
const [spec, next] = ["spec.json", "next.wasm"].map(name => join(folder, name)) as [string, string];
writeFileSync(spec, text);
writeFileSync(next, code);

async function upgrade(...args: string[]) {
  const terminal = recordedTerminal();
  const values = unwrap(parseFlags(args, upgradeCommand.flags));
  const exit = await upgradeCommand.run(values, terminal, undefined);
  return {exit, said: terminal.lines.join("\n"), failed: terminal.errors.join("\n")};
}

test("statemine 900 becomes 901 by the path that the live chain goes, each block judged by its own runtime", async () => {
  const ran = await upgrade(spec, `--code=${next}`, "--judge", "--json");
  assert.equal(ran.exit, 0, ran.said + ran.failed);
  const report = JSON.parse(ran.said) as {
    readonly from: string;
    readonly to: string;
    readonly failures: readonly string[];
    readonly blocks: readonly {readonly what: string; readonly verdict: string}[];
    readonly changed: readonly {readonly item: string}[];
  };
  assert.deepEqual([report.from, report.to], ["statemine 900", "statemine 901"]);
  assert.ok(report.blocks.every(({verdict}) => verdict === "valid"));
  assert.deepEqual(
    report.blocks.map(({what}) => what),
    [
      // On a system chain root speaks by a message of the relay chain.
      "ParachainSystem.authorize_upgrade by root (relay-message)",
      "ParachainSystem.enact_authorized_upgrade, unsigned",
      "go-ahead: the code is there",
      "first of the new runtime",
      "goes on",
    ],
  );
  assert.ok(report.changed.some(({item}) => item === "System.LastRuntimeUpgrade"));
});

test("an upgrade of which something fails ends with exit code 1, and says what", async () => {
  // A runtime whose authors take turns in another way: no block can follow it here.
  const relay = join(folder, "relay.json");
  writeFileSync(relay, oldChain("westend"));
  const ran = await upgrade(spec, `--code=${relay}`);
  assert.equal(ran.exit, 1, ran.said);
  assert.match(ran.said, /^ {2}failed +\S+/m);
  assert.doesNotMatch(ran.said, /^ {2}failed +nothing/m);
});

test("what is no runtime, and a command without one, are told apart", async () => {
  const garbage = join(folder, "garbage.wasm");
  writeFileSync(garbage, Uint8Array.of(1, 2, 3));
  const none = await upgrade(spec);
  assert.deepEqual([none.exit, /which code/.test(none.failed)], [2, true]);
  const failed = await upgrade(spec, `--code=${garbage}`);
  assert.equal(failed.exit, 1);
  assert.match(failed.failed, /^code-unusable: /);
});

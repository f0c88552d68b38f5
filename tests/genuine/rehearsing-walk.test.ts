import assert from "node:assert/strict";
import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {collatorCommands} from "../../src/cli/collator/index.ts";
import {parseFlags} from "../../src/cli/flags/index.ts";
import {netCommand} from "../../src/cli/net/index.ts";
import {devCommand, runCommand} from "../../src/cli/node/index.ts";
import {rehearseCommand} from "../../src/cli/rehearse/index.ts";
import {upgradeCommand} from "../../src/cli/upgrade/index.ts";
import {besideGuide} from "../support/guide.ts";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";

const PAGE = "rehearsing.md";
const text = readFileSync(
  join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", PAGE),
  "utf8",
);
const COMMANDS = [
  devCommand,
  netCommand,
  rehearseCommand,
  upgradeCommand,
  ...collatorCommands,
  runCommand,
];

test("each command of the page on rehearsals is one that the program takes", () => {
  const lines = text
    .split("\n")
    .flatMap(line => /(?:^ {4}|^|\| )khala (.*)$/.exec(line)?.[1] ?? []);
  assert.ok(lines.length > 10);
  for (const line of lines) {
    const words = line
      .replace(/ {2,}#.*$/, "")
      .replace(/ > \S+$/, "")
      .match(/'[^']*'|\S+/g)!
      .map(word => word.replaceAll("'", ""));
    const command = COMMANDS.find(({name}) => {
      const parts = name.split(" ").filter(part => part !== "");
      return parts.every((part, i) => words[i] === part);
    })!;
    const own = command.name.split(" ").filter(part => part !== "").length;
    const parsed = parseFlags(words.slice(own), command.flags);
    assert.ok(parsed.ok, `khala ${line}: ${parsed.ok || parsed.error.what}`);
  }
});

const folder = process.env.KHALA_GENUINE;
const spec = folder === undefined ? undefined : join(folder, "khala.json");
if (spec !== undefined && existsSync(spec)) {
  test("the walk in one process says what the page says, on the runtime with which Khala began", async () => {
    const node = await startKhala([
      "dev",
      `--chain=${spec}`,
      "--rate=10",
      "--set=CollatorSelection.DesiredCandidates=3",
      "--rpc-port=0",
      "--rpc-methods=unsafe",
      "--no-prometheus",
      "--listen-addr=none",
    ]);
    const said = (name: string, output: string) => {
      const shown = output.replace(/\S+khala-\w{6}(?=[/ ])/g, "/tmp/khala-…");
      const {guide, found} = besideGuide(name, shown, PAGE);
      assert.deepEqual(found, guide, name);
    };
    const collator = async (command: string, ...args: string[]) => {
      const ran = await runKhala(["collator", command, `--url=${node.url}`, ...args], {
        stdin: "//Ferdie\n",
      });
      // 3: there is something to do, as where a busy machine missed a slot.
      assert.ok(ran.code === 0 || (command === "status" && ran.code === 3), ran.stderr);
      return ran.stdout;
    };
    try {
      said("join", await collator("join", "--suri=-", "--no-wait"));
      const began = node.lines.findIndex(line => line.startsWith("khala 0."));
      said("greeting", node.lines.slice(began, began + 16).join("\n"));
      for (const session of [1, 2]) {
        const next = await rpc<{session: number; number: number}>(node.url, "dev_nextSession", []);
        assert.deepEqual(next.session, session);
        assert.equal(next.number, session * 1_800);
      }
      // The account authors from here on, in turn with the other.
      for (let authored = 0; authored < 2; ) {
        const status = JSON.parse(await collator("status", "--json")) as {
          production: {made: number | null};
        };
        authored = status.production.made ?? 0;
      }
      const status = await collator("status");
      if (status.startsWith("Producing normally")) said("status", status);
      const dispatched = await rpc<{how: string; error: string | null}>(node.url, "dev_dispatch", [
        {origin: "root", call: {call: "CollatorSelection.set_desired_candidates", args: {max: 5}}},
      ]);
      assert.deepEqual([dispatched.how, dispatched.error], ["sudo", null]);
      said("leave", await collator("leave", "--suri=-", "--no-wait"));
    } finally {
      assert.equal(await node.stop(), 0);
    }
  });
}

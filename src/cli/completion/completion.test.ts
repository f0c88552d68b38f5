import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import type {Command} from "../command.ts";
import {COMMANDS} from "../commands.ts";
import {runCommand} from "../node/index.ts";
import {bashCompletion} from "./bash.ts";
import {fishCompletion} from "./fish.ts";
import {zshCompletion} from "./zsh.ts";

const ALL: readonly Command[] = [runCommand, ...COMMANDS];
const folder = mkdtempSync(join(tmpdir(), "khala-completion-"));
after(() => rmSync(folder, {recursive: true, force: true}));
before(() => {
  writeFileSync(join(folder, "khala.sh"), bashCompletion(ALL));
  writeFileSync(join(folder, "chain spec.json"), "{}");
});

/** What bash offers for each line when Tab is pressed at its end. */
function offered(lines: readonly (readonly string[])[]): string[][] {
  const script = lines.map(words => {
    const typed = words.map(word => `'${word}'`).join(" ");
    return `COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _khala; printf '%s\\n' "\${COMPREPLY[@]}" ---`;
  });
  const text = execFileSync("bash", ["--norc", "-c", `source ./khala.sh\n${script.join("\n")}`], {
    cwd: folder,
    encoding: "utf8",
  });
  return text
    .split("---\n")
    .slice(0, -1)
    .map(part => part.split("\n").filter(word => word !== ""));
}

test("bash completes commands, their second words and flags by what is typed", () => {
  const lines = [
    [["khala", "coll"], ["collator"]],
    [
      ["khala", "k"],
      ["keys", "key"],
    ],
    [["khala", "collator", "l"], ["leave"]],
    [
      ["khala", "collator", "join", "--k"],
      ["--key-file", "--keys"],
    ],
    [["khala", "--rpc-p"], ["--rpc-port"]],
    [["khala", "--alice", "--rpc-p"], ["--rpc-port"]],
    [
      ["khala", "completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["khala", "help-me"], []],
  ] as const;
  assert.deepEqual(
    offered(lines.map(([words]) => words)),
    lines.map(([, words]) => [...words]),
  );
});

test("bash completes a flag's value by paths or by what is known, and never by flags", () => {
  const lines = [
    [["khala", "--chain", "ch"], ["chain spec.json"]],
    // As bash takes --block-hashing=k apart.
    [["khala", "--block-hashing", "=", "k"], ["keccak-256"]],
    [
      ["khala", "--block-hashing", "="],
      ["blake2-256", "keccak-256"],
    ],
    [["khala", "runtime", "inspect", "ch"], ["chain spec.json"]],
    [["khala", "dev", "--rpc-port", ""], []],
  ] as const;
  assert.deepEqual(
    offered(lines.map(([words]) => words)),
    lines.map(([, words]) => [...words]),
  );
});

test("bash offers every flag of every command, and nothing that the command would refuse", () => {
  const answers = offered(ALL.map(({name}) => ["khala", ...name.split(" ").filter(Boolean), "--"]));
  for (const [i, {name, flags}] of ALL.entries()) {
    const wanted = [...flags.map(flag => `--${flag.name}`), "--help"].sort();
    assert.deepEqual(answers[i]!.sort(), wanted, name);
  }
});

test("the scripts for zsh and fish name every command and every flag with what it is for", () => {
  const zsh = zshCompletion(ALL);
  const fish = fishCompletion(ALL);
  for (const {name, flags} of ALL) {
    const [zshPart] = zsh.split(`    '${name}') _arguments`).slice(1);
    assert.ok(zshPart !== undefined, name);
    const zshLine = zshPart.split("\n")[0]!;
    const fishLines = fish.split("\n").filter(line => line.includes(`__khala_is \\'${name}\\'`));
    for (const flag of flags) {
      assert.match(zshLine, new RegExp(`--${flag.name}=?\\[`), `${name} --${flag.name}`);
      assert.ok(
        fishLines.some(line => line.includes(` -l ${flag.name} `)),
        `${name} --${flag.name}`,
      );
    }
  }
});

import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {before, test} from "node:test";
import {runKhala} from "../support/khala-process.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const folder = await temporaryFolder("completion");
before(async () => {
  for (const shell of ["zsh", "fish"]) {
    const {code, stdout, stderr} = await runKhala(["completion", shell]);
    assert.equal(code, 0, stderr);
    writeFileSync(join(folder, `khala.${shell}`), stdout);
  }
  writeFileSync(join(folder, "chain.json"), "{}");
});

/** What is typed, and what it becomes when there is one way to go on. */
const LINES = [
  ["khala coll", "khala collator"],
  ["khala collator j", "khala collator join"],
  ["khala collator join --key", "khala collator join --key-file", "khala collator join --keys"],
  ["khala --rpc-p", "khala --rpc-port"],
  ["khala completion b", "khala completion bash"],
  ["khala --chain cha", "khala --chain chain.json"],
  ["khala dev --block-hashing k", "khala dev --block-hashing keccak-256"],
  ["khala runtime inspect cha", "khala runtime inspect chain.json"],
  ["khala dev --rpc-port cha"],
] as const;

test("fish offers what there is, and files only where a file is wanted", () => {
  for (const [line, ...wanted] of LINES) {
    const script = `source khala.fish; complete -C '${line}'`;
    const text = execFileSync("fish", ["--no-config", "-c", script], {
      cwd: folder,
      encoding: "utf8",
    });
    const before = line.slice(0, line.lastIndexOf(" ") + 1);
    const offered = text.split("\n").filter(word => word !== "");
    const lines = offered.map(word => before + word.split("\t")[0]!);
    assert.deepEqual(lines.sort(), [...wanted].sort(), line);
  }
});

/**
 * Types a line and Tab into an interactive zsh, on a terminal of its own, and answers the words that it then runs `khala`
 * with.
 */
const INTERACTIVE = `
zmodload zsh/zpty
zpty zsh zsh -f -i
zpty -w zsh 'autoload -U compinit; compinit -u -D; unsetopt list_ambiguous; source ./khala.zsh'
zpty -w zsh 'khala() { print -r -- "TYPED""<$*>" }; print -r -- "READ""Y"'
zpty -r zsh said '*READY*'
zpty -w zsh "$1"$'\\t'
zpty -r zsh said '*TYPED<*>*'
print -r -- "\${\${said##*TYPED<}%%>*}"
`;

test("zsh completes what is typed, with files only where a file is wanted", () => {
  writeFileSync(join(folder, "interactive.zsh"), INTERACTIVE);
  for (const [line, ...wanted] of LINES.filter(([, ...each]) => each.length < 2)) {
    const typed = execFileSync("zsh", ["-f", "interactive.zsh", line], {
      cwd: folder,
      encoding: "utf8",
      timeout: 120_000,
    });
    assert.equal(`khala ${typed.trim().replace(/=$/, "")}`, wanted[0] ?? line);
  }
});

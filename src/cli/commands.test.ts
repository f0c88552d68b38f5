import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {commandHelp} from "./command-help.ts";
import {COMMANDS} from "./commands.ts";
import {parseFlags} from "./flags/index.ts";
import {runCommand} from "./node/index.ts";

const ALL = [runCommand, ...COMMANDS];

test("every command's help has examples, each of them a line that the command itself takes", () => {
  for (const command of ALL) {
    assert.ok(command.examples.length > 0, `${command.name} has none`);
    for (const [line, what] of command.examples) {
      assert.ok(what.length > 0, line);
      const [program, ...words] = line.replace(/^eval "\$\((.*)\)"$|\s[|>].*$/, "$1").split(" ");
      const name = command.name === "" ? [] : command.name.split(" ");
      assert.deepEqual([program, ...words.slice(0, name.length)], ["khala", ...name], line);
      const values = unwrap(
        parseFlags(words.slice(name.length), command.flags, {gathers: (command.most ?? 0) === 0}),
      );
      assert.ok(values.positional.length <= (command.most ?? 0), line);
    }
    assert.ok(commandHelp(command).includes(command.examples[0]![0]), command.name);
  }
});

test("no two commands have one name, nor two flags of a command", () => {
  const names = ALL.map(({name}) => name);
  assert.equal(new Set(names).size, names.length);
  for (const {name, flags} of ALL) {
    const typed = flags.flatMap(flag => [flag.name, ...(flag.short ? [flag.short] : [])]);
    assert.equal(new Set(typed).size, typed.length, `${name}: ${typed}`);
  }
});

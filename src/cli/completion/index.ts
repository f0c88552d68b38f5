/**
 * `khala completion SHELL`: a script that completes commands, flags, and values that are known, for bash, zsh or fish. It is
 * made of the tables that parse the command line and print help, so that it knows what they know; it asks no node and reads
 * no file when somebody presses Tab.
 *
 * Out of scope: values that only a chain or a keystore knows.
 */
import {formatReport, nearestName} from "#base";
import {type Command, SUCCESS, USAGE} from "../command.ts";
import {bashCompletion} from "./bash.ts";
import {fishCompletion} from "./fish.ts";
import {zshCompletion} from "./zsh.ts";

const SCRIPTS: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const SHELLS: readonly string[] = Object.keys(SCRIPTS);

/** `commands`: all of them, this one too; the one without a name is running a node. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    name: "completion",
    usage: SHELLS.join("|"),
    most: 1,
    summary: "print a script that completes commands and flags in bash, zsh or fish",
    examples: [
      ['eval "$(khala completion bash)"', "in ~/.bashrc"],
      ['eval "$(khala completion zsh)"', "in ~/.zshrc, below compinit"],
      ["khala completion fish | source", "in ~/.config/fish/config.fish"],
    ],
    flags: [],
    async run(values, terminal) {
      const [shell] = values.positional;
      const script = SCRIPTS[shell ?? ""];
      if (script !== undefined) {
        terminal.stdout(script(commands()).trimEnd());
        return SUCCESS;
      }
      const near = shell === undefined ? undefined : nearestName(shell, SHELLS);
      terminal.stderr(
        formatReport({
          code: "shell-unknown",
          what: shell === undefined ? "which shell?" : `there is no script for ${shell}`,
          did: "nothing",
          todo: near === undefined ? `one of ${SHELLS.join(", ")}` : `did you mean ${near}?`,
        }),
      );
      return USAGE;
    },
  };
}

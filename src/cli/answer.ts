import type {Flag, FlagValues} from "./flags/index.ts";
import type {Terminal} from "./key/index.ts";
import type {Line} from "./key/terminal.ts";
import {tell} from "./screen.ts";

/** Of every command that finds or does something which a program may want to know. */
export const JSON_FLAG: Flag = {
  name: "json",
  group: "Output",
  values: "none",
  docs: "the result as JSON on one line",
};

/**
 * What a command has found or done. Standard output carries it and nothing else, so that it can be piped on; whatever is
 * said on the way goes to standard error. `facts` have to be of JSON's types: amounts in the smallest unit as text.
 */
export function answer(
  terminal: Terminal,
  values: FlagValues,
  facts: unknown,
  lines: readonly Line[],
): void {
  if (values.has(JSON_FLAG.name)) terminal.stdout(JSON.stringify(facts));
  else tell(terminal, lines);
}

import type {Command, Example} from "./command.ts";
import {flagHelp} from "./flags/index.ts";

/** What `--help` says of one command. */
export function commandHelp({name, usage, summary, examples, flags}: Command): string {
  const typed = ["khala", name, usage ?? ""].filter(word => word !== "").join(" ");
  const sections = [`${typed}\n  ${summary}`, exampleHelp(examples), flagHelp(flags)];
  return sections.filter(section => section !== "").join("\n\n");
}

export function exampleHelp(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`);
  return ["Examples:", ...lines].join("\n");
}

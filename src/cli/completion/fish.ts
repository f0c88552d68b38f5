import type {Command} from "../command.ts";
import type {Flag} from "../flags/index.ts";
import {
  argumentsOf,
  firstWords,
  groupsOf,
  HELP,
  secondWords,
  type Values,
  valuesOf,
} from "./words.ts";

/** A line of `complete` for each word, behind a condition on the command that is typed so far. */
export function fishCompletion(commands: readonly Command[]): string {
  const named = commands.filter(({name}) => name !== "");
  const lines = [
    ...[...firstWords(named)].map(([word, what]) => wordLine("", word, what)),
    ...groupsOf(named).flatMap(group =>
      secondWords(named, group).map(([word, what]) => wordLine(group, word, what)),
    ),
    ...commands.flatMap(command => [
      ...argumentLines(command),
      ...[...command.flags, HELP].map(flag => flagLine(command.name, flag)),
    ]),
  ];
  return `# Completion of khala for fish, printed by: khala completion fish
function __khala_is
    set -l typed (commandline -opc)[2..-1]
    if test "$argv" = ""
        test (count $typed) -eq 0; or string match -q -- '-*' $typed[1]
        return
    end
    set -l wanted (string split ' ' -- $argv)
    set -l length (count $wanted)
    test (count $typed) -ge $length; and test "$typed[1..$length]" = "$argv"
end
function __khala_ends
    set -l typed (commandline -opc)[2..-1]
    test "$typed" = "$argv"
end
complete -c khala -f
${lines.join("\n")}
`;
}

/** fish knows two escapes between single quotes. */
const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;

const wordLine = (before: string, word: string, what: string): string =>
  `complete -c khala -n ${quoted(`__khala_ends ${quoted(before)}`)} -a ${quoted(word)} -d ${quoted(what)}`;

const isTyped = (name: string): string => quoted(`__khala_is ${quoted(name)}`);

function argumentLines(command: Command): string[] {
  const values = command.name === "" ? "" : taken(argumentsOf(command));
  return values === "" ? [] : [`complete -c khala -n ${isTyped(command.name)}${values}`];
}

function flagLine(command: string, flag: Flag): string {
  const short = flag.short === undefined ? "" : ` -s ${flag.short}`;
  const value = flag.values === "none" ? "" : ` -r${taken(valuesOf(flag)) || " -f"}`;
  return `complete -c khala -n ${isTyped(command)} -l ${flag.name}${short}${value} -d ${quoted(flag.docs)}`;
}

/** What fish offers in its place: files only where it is told to, which are off for the command as a whole. */
function taken(values: Values): string {
  if (values.kind === "paths") return " -F";
  return values.kind === "words" ? ` -f -a ${quoted(values.words.join(" "))}` : "";
}

import type {Command} from "../command.ts";
import type {Flag} from "../flags/index.ts";

/** What a flag's value can be completed by: paths, words that are known, or nothing. */
export type Values =
  | {readonly kind: "paths"}
  | {readonly kind: "words"; readonly words: readonly string[]}
  | {readonly kind: "unknown"};

/** Placeholders of values that are, or may be, a path. */
const PATHS = /^(FILE|PATH|SPEC|URI\|FILE|FILE\|URL|DIRECTORY)$/;
/** A choice that is written out: `blake2-256|keccak-256`. Capitals stand for something else. */
const CHOICE = /^[a-z0-9-]+(\|[a-z0-9-]+)+$/;

export function valuesOf({placeholder = ""}: Pick<Flag, "placeholder">): Values {
  if (PATHS.test(placeholder)) return {kind: "paths"};
  if (CHOICE.test(placeholder)) return {kind: "words", words: placeholder.split("|")};
  return {kind: "unknown"};
}

/** The same of what a command takes beside flags, by its usage: `FILE|URL`, `bash|zsh|fish`, `SPEC --code FILE`. */
export const argumentsOf = ({usage = ""}: Pick<Command, "usage">): Values =>
  valuesOf({placeholder: usage.split(" ")[0]!});

/** As typed: `--rpc-port`, `-d`; names that are taken as well are not offered. */
export const typedNames = ({name, short}: Flag): readonly string[] =>
  short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];

/** Every command takes it, and no table has it. */
export const HELP: Flag = {
  name: "help",
  short: "h",
  group: "",
  values: "none",
  docs: "examples and flags",
};

/** First words of commands, each once, with a summary: the command's, or what the group has. */
export function firstWords(commands: readonly Command[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const {name, summary} of commands) {
    const [first, second] = name.split(" ");
    if (first === undefined || first === "") continue;
    if (second === undefined) found.set(first, summary);
    else found.set(first, [found.get(first), second].filter(Boolean).join(", "));
  }
  return found;
}

/** Second words of a group's commands, with their summaries. */
export const secondWords = (commands: readonly Command[], first: string): [string, string][] =>
  commands
    .filter(({name}) => name.startsWith(`${first} `))
    .map(({name, summary}) => [name.slice(first.length + 1), summary]);

/** Groups: first words that are no command by themselves. */
export const groupsOf = (commands: readonly Command[]): readonly string[] => [
  ...new Set(commands.flatMap(({name}) => (name.includes(" ") ? [name.split(" ")[0]!] : []))),
];

/** Text between single quotes of a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

import "../polyfills.ts";
import {formatReport, nearestName, type Report, withoutCredentials} from "#base";
import {type Command, FAILURE, SUCCESS, USAGE} from "./command.ts";
import {commandHelp, exampleHelp} from "./command-help.ts";
import {COMMANDS} from "./commands.ts";
import {flagHelp, parseFlags} from "./flags/index.ts";
import {leave} from "./leave.ts";
import {devCommand, runCommand} from "./node/index.ts";
import {processTerminal} from "./process-terminal.ts";
import {uncaughtReport} from "./report-uncaught.ts";
import {CONFIG_FLAG, faultReport, layer} from "./settings/layers.ts";
import {SUBSTRATE_COMMANDS} from "./substrate/index.ts";
import {PROGRAM_VERSION} from "./version.ts";

const INTRODUCTION = `khala ${PROGRAM_VERSION}: a collator network in TypeScript

  khala dev                          a dev chain on ws://127.0.0.1:9944, thrown away at the end
  khala net 4                        four collators on this machine, each with its RPC port
  khala --chain SPEC --collator …    a node of a chain, authoring with the keys in its keystore
  khala COMMAND --help               the flags of one command

Commands:
`;

const summaries = (commands: readonly Command[]): string =>
  commands.map(({name, summary}) => `  ${name.padEnd(33)}  ${summary}`).join("\n");

function overview(): string {
  const flags = `${exampleHelp(runCommand.examples)}\n\n${flagHelp(runCommand.flags)}`;
  return `${INTRODUCTION}${summaries(COMMANDS)}\n\n${flags}`;
}

/** The command that the arguments begin with, and the rest; none means running a node. */
function selectCommand(
  args: readonly string[],
): {command: Command; rest: readonly string[]} | string {
  const [first, second] = args;
  if (first === undefined || first.startsWith("-")) {
    const own = beforeDashes(args);
    if (!own.includes("--dev")) return {command: runCommand, rest: args};
    const rest = args.filter((arg, i) => arg !== "--dev" || i >= own.length);
    return {command: devCommand, rest};
  }
  const two = COMMANDS.find(({name}) => name === `${first} ${second ?? ""}`);
  if (two !== undefined) return {command: two, rest: args.slice(2)};
  const one = COMMANDS.find(({name}) => name === first);
  if (one !== undefined) return {command: one, rest: args.slice(1)};
  return args.slice(0, COMMANDS.some(({name}) => name.startsWith(`${first} `)) ? 2 : 1).join(" ");
}

/** What stands behind `--` is not for this program's flags. */
function beforeDashes(args: readonly string[]): readonly string[] {
  const dashes = args.indexOf("--");
  return dashes < 0 ? args : args.slice(0, dashes);
}

const asksForHelp = (args: readonly string[]): boolean =>
  beforeDashes(args).some(arg => arg === "--help" || arg === "-h");

/** A secret given in the wrong place is not repeated: a phrase, a seed or a path of one, or what opens a URL. */
const shownArgument = (text: string): string =>
  /\s|^\/\/|^(0x)?[0-9a-f]{64}/i.test(text) ? "…" : withoutCredentials(text);

/** There is no such command: the one that was meant, as far as that can be said. */
function unknownCommand(name: string): Report {
  const foreign = SUBSTRATE_COMMANDS.get(name) ?? SUBSTRATE_COMMANDS.get(name.split(" ")[0]!);
  const near = nearestName(
    name,
    COMMANDS.map(each => each.name),
  );
  return {
    code: "command-unknown",
    what: `there is no command ${/^[a-z-]+( [a-z-]+)?$/i.test(name) ? name : "…"}`,
    todo: foreign ?? (near === undefined ? "see khala --help" : `did you mean khala ${near}?`),
  };
}

async function main(args: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  const isVersion = args.length === 1 && args[0] === "version";
  if (isVersion || beforeDashes(args).some(arg => arg === "--version" || arg === "-V")) {
    terminal.stdout(`khala ${PROGRAM_VERSION}`);
    return SUCCESS;
  }
  if (args[0] === "help" || ((args[0] ?? "").startsWith("-") && asksForHelp(args))) {
    terminal.stdout(overview());
    return SUCCESS;
  }
  const group = COMMANDS.filter(({name}) => name.startsWith(`${args[0]} `));
  if (group.length > 0 && (args.length === 1 || /^(--help|-h|help)$/.test(args[1]!))) {
    const isAsked = args.length > 1;
    // Who named no command was wrong, and a script reads no help as a result.
    const tell = isAsked ? terminal.stdout : terminal.stderr;
    tell(`khala ${args[0]} COMMAND\n\n${summaries(group)}`);
    return isAsked ? SUCCESS : USAGE;
  }
  const selected = selectCommand(args);
  if (typeof selected === "string") {
    terminal.stderr(formatReport(unknownCommand(selected)));
    return USAGE;
  }
  const {command, rest} = selected;
  if (asksForHelp(rest)) {
    terminal.stdout(commandHelp(command));
    return SUCCESS;
  }
  const values = parseFlags(rest, command.flags, {
    foreign: command.foreign ?? [],
    gathers: (command.most ?? 0) === 0,
    ...(command.afterDashes === undefined ? {} : {afterDashes: command.afterDashes}),
  });
  if (!values.ok) {
    terminal.stderr(formatReport(values.error));
    return USAGE;
  }
  const extra = values.value.positional[command.most ?? 0];
  if (extra !== undefined) {
    const what = `what is ${shownArgument(extra)}?`;
    terminal.stderr(formatReport({code: "argument-unknown", what, todo: "see --help"}));
    return USAGE;
  }
  if (values.value.positional.length < (command.least ?? 0)) {
    const what = `which ${command.usage}?`;
    const todo = command.examples.map(([line]) => line)[0]!;
    terminal.stderr(formatReport({code: "argument-missing", what, todo}));
    return USAGE;
  }
  for (const line of values.value.ignored) terminal.stderr(line);
  if (!command.flags.includes(CONFIG_FLAG)) {
    return ended(command, await command.run(values.value, terminal, undefined));
  }
  // The file is the node's: other commands find in it where the node is.
  const flags = [...new Set([...command.flags, ...runCommand.flags])];
  const layers = await layer(values.value, flags, process.env);
  const fault = layers.ok ? faultReport(layers.value) : layers.error;
  if (!layers.ok || (fault !== undefined && command.takesFaults !== true)) {
    terminal.stderr(formatReport(fault!));
    return USAGE;
  }
  return ended(command, await command.run(layers.value.values, terminal, layers.value));
}

async function ended(command: Command, code: number): Promise<number> {
  if (command.leaves !== true) return code;
  process.off("exit", reportSilentEnd);
  return leave(code);
}

/** A promise that nobody keeps lets the process end in the middle of a command, without a word. */
function reportSilentEnd(code: number): void {
  if (code !== 0) return;
  process.stderr.write(
    `${formatReport({
      code: "bug",
      what: "the command ended before it was done",
      did: "nothing more; what was written before stays",
      todo: "please report it with the command line",
    })}\n`,
  );
  process.exitCode = FAILURE;
}

process.once("exit", reportSilentEnd);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = FAILURE;
  const report = uncaughtReport(error);
  const bug = {did: "stopped here", todo: "please report it with these lines"};
  process.stderr.write(`${formatReport(report.code === "bug" ? {...report, ...bug} : report)}\n`);
}
process.off("exit", reportSilentEnd);

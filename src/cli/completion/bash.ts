import type {Command} from "../command.ts";
import type {Flag} from "../flags/index.ts";
import {
  argumentsOf,
  firstWords,
  groupsOf,
  HELP,
  quoted,
  secondWords,
  typedNames,
  type Values,
  valuesOf,
} from "./words.ts";

/**
 * Words are offered by prefix; bash shows no descriptions. It needs nothing of the package bash-completion, and no newer
 * bash than the 3.2 that macOS has.
 */
export function bashCompletion(commands: readonly Command[]): string {
  const node = commands.find(({name}) => name === "")!;
  const named = commands.filter(({name}) => name !== "");
  const groups = groupsOf(named).map(
    group =>
      `    ${quoted(group)}) words=${wordList(secondWords(named, group).map(([w]) => w))} ;;`,
  );
  return `# Completion of khala for bash, printed by: khala completion bash
_khala_values() {
  if [[ $1 != paths ]]; then COMPREPLY=($(compgen -W "$1" -- "$2")); return; fi
  # A name with a space in it is one.
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$2"))
}

_khala() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" words="" rest=""
  COMPREPLY=()
  # bash takes --chain=local apart.
  if [[ $word == "=" ]]; then word=""; elif [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD - 2]}"; fi
  local command="\${COMP_WORDS[1]}"
  if [[ $COMP_CWORD -eq 1 || $command == -* ]]; then command=""; fi
  case "$command" in
${groups.join("\n")}
  esac
  if [[ -n $words ]]; then
    if [[ $COMP_CWORD -eq 2 ]]; then _khala_values "$words" "$word"; return; fi
    command="$command \${COMP_WORDS[2]}"
  fi
  case "$command" in
${named.map(command => commandCase(command)).join("\n")}
    *)
${valueCases(node.flags)}
      words=${wordList(node.flags.flatMap(typedNames).concat(typedNames(HELP)))} ;;
  esac
  if [[ $COMP_CWORD -eq 1 && $word != -* ]]; then words=${wordList([...firstWords(named).keys()])}; fi
  if [[ -n $rest && $word != -* ]]; then _khala_values "$rest" "$word"; return; fi
  _khala_values "$words" "$word"
}
complete -F _khala khala
`;
}

const wordList = (words: readonly string[]): string => quoted(words.join(" "));

function commandCase(command: Command): string {
  const rest = spoken(argumentsOf(command));
  return `    ${quoted(command.name)})
${valueCases(command.flags)}
      words=${wordList([...command.flags, HELP].flatMap(typedNames))}${rest === "" ? "" : ` rest=${quoted(rest)}`} ;;`;
}

/** What comes behind a flag that takes a value is that value, whatever is known of it. */
function valueCases(flags: readonly Flag[]): string {
  const byAnswer = new Map<string, string[]>();
  for (const flag of flags.filter(({values}) => values !== "none")) {
    const answer = spoken(valuesOf(flag));
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), ...typedNames(flag)]);
  }
  const cases = [...byAnswer].map(([answer, names]) => {
    const act = answer === "" ? "return" : `_khala_values ${quoted(answer)} "$word"; return`;
    return `        ${names.join("|")}) ${act} ;;`;
  });
  if (cases.length === 0) return "      :";
  return `      case "$before" in\n${cases.join("\n")}\n      esac`;
}

function spoken(values: Values): string {
  if (values.kind === "paths") return "paths";
  return values.kind === "words" ? values.words.join(" ") : "";
}

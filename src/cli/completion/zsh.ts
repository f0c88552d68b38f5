import type {Command} from "../command.ts";
import type {Flag} from "../flags/index.ts";
import {
  argumentsOf,
  firstWords,
  groupsOf,
  HELP,
  quoted,
  secondWords,
  type Values,
  valuesOf,
} from "./words.ts";

/** Made for `_arguments` and `_describe` of zsh's own completion system, with descriptions. */
export function zshCompletion(commands: readonly Command[]): string {
  const node = commands.find(({name}) => name === "")!;
  const named = commands.filter(({name}) => name !== "");
  const groups = groupsOf(named).map(
    group => `      ${quoted(group)})
        if (( CURRENT == 3 )); then
          local -a found=(${described(secondWords(named, group))})
          _describe -t commands 'command' found
          return
        fi
        name="$words[2] $words[3]" skip=2 ;;`,
  );
  return `#compdef khala
# Completion of khala for zsh, printed by: khala completion zsh
_khala() {
  local name="" skip=0
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    local -a found=(${described([...firstWords(named)])})
    _describe -t commands 'command' found
    return
  fi
  if [[ $words[2] != -* ]]; then
    case "$words[2]" in
${groups.join("\n")}
      *) name="$words[2]" skip=1 ;;
    esac
  fi
  shift skip words
  (( CURRENT -= skip ))
  case "$name" in
${named.map(command => `    ${quoted(command.name)}) _arguments -s ${specs(command)} ;;`).join("\n")}
    '') _arguments -s ${specs({...node, usage: ""})} ;;
  esac
}
if [[ $funcstack[1] == _khala ]]; then _khala "$@"; else compdef _khala khala; fi
`;
}

/** Items of `_describe`: a colon ends the word. */
const described = (words: readonly (readonly [string, string])[]): string =>
  words.map(([word, what]) => quoted(`${word}:${what.replaceAll(":", "\\:")}`)).join(" ");

function specs(command: Pick<Command, "flags" | "usage">): string {
  const rest = action(argumentsOf(command));
  return [
    ...[...command.flags, HELP].map(spec),
    ...(rest === "" ? [] : [quoted(`*:argument:${rest}`)]),
  ].join(" ");
}

/** `(-d --base-path)-d[docs]:PATH:_files`; a flag that may be given again has a star. */
function spec(flag: Flag): string {
  const {name, short, values, placeholder = "VALUE", docs} = flag;
  // Brackets and backslashes end or change the text, a colon ends what the value is called.
  const text = `[${docs.replace(/[[\]\\]/g, "\\$&")}]`;
  const value =
    values === "none" ? "" : `:${placeholder.replaceAll(":", "\\:")}:${action(valuesOf(flag))}`;
  const long = values === "none" ? `--${name}` : `--${name}=`;
  if (values === "many") return quoted(`*${long}${text}${value}`);
  if (short === undefined) return quoted(`${long}${text}${value}`);
  const other = `(-${short} --${name})`;
  return `${quoted(`${other}-${short}${text}${value}`)} ${quoted(`${other}${long}${text}${value}`)}`;
}

function action(values: Values): string {
  if (values.kind === "paths") return "_files";
  return values.kind === "words" ? `(${values.words.join(" ")})` : "";
}

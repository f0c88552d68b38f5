import {type FinalityChoice, parseFinality} from "#core";
import {DeskError} from "./desk/desk-error.ts";
import type {Flag, FlagValues} from "./flags/index.ts";

/** Of commands that have to know what makes blocks of a chain final. */
export const FINALITY_FLAG: Flag = {
  name: "finality",
  group: "Authoring",
  values: "one",
  placeholder: "runtime|at-once|KEY,…",
  docs: "what makes blocks final: voters that the runtime names (runtime), each block at once (at-once), or the ed25519 keys of a committee, the same on all nodes of the chain",
  standard: "runtime",
};

/** What a command's `--finality` says; undefined where nothing is said. Throws `DeskError`. */
export function finalityOf(values: FlagValues): FinalityChoice | undefined {
  const text = values.one(FINALITY_FLAG.name);
  if (text === undefined) return undefined;
  const parsed = parseFinality(text);
  if (parsed.ok) return parsed.value;
  throw new DeskError({
    code: "flag-invalid",
    what: `--finality ${text}: expected ${parsed.error}`,
    todo: "see --help",
  });
}

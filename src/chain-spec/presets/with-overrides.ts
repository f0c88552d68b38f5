import {err, type Report, type Result} from "#base";
import type {Parameters} from "#runtime";
import {overrideParameters} from "./override-parameters.ts";

/** Parameters with what an operator changed of them; a failure says what to do. */
export function withOverrides(
  base: Parameters,
  overrides: readonly string[],
): Result<Parameters, Report> {
  const changed = overrideParameters(base, overrides);
  if (changed.ok) return changed;
  const {code, message, nearest} = changed.error;
  return err({
    code,
    what: message,
    did: "not started",
    todo: nearest === undefined ? "see --help for the parameters" : `did you mean ${nearest}?`,
  });
}

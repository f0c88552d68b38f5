import {err, nearestName, ok, type Result} from "#base";
import type {Parameters} from "#runtime";
import {PARAMETER_TABLE} from "./parameter-table.ts";

export interface ParameterOverrideFailure {
  readonly code: "parameter-unknown" | "parameter-invalid";
  readonly message: string;
  /** For an unknown name: the known one that looks most like it. */
  readonly nearest?: string;
}

/**
 * Applies `--param name=value`. The kick threshold follows the session unless it is set itself, since the two
 * belong together in every preset.
 */
export function overrideParameters(
  base: Parameters,
  overrides: readonly string[],
): Result<Parameters, ParameterOverrideFailure> {
  const changed: Record<string, Parameters[keyof Parameters]> = {};
  for (const override of overrides) {
    const equals = override.indexOf("=");
    const name = equals < 0 ? override : override.slice(0, equals);
    const found = PARAMETER_TABLE.find(({flag, key}) => flag === name || key === name);
    if (found === undefined) {
      const nearest = nearestName(
        name,
        PARAMETER_TABLE.flatMap(({flag, key}) => [flag, key]),
      );
      return err({
        code: "parameter-unknown",
        message: `no parameter ${name}`,
        ...(nearest === undefined ? {} : {nearest}),
      });
    }
    if (equals < 0) {
      return err({code: "parameter-invalid", message: `${name} has no value: write ${name}=…`});
    }
    const text = override.slice(equals + 1);
    const value = found.parse(text);
    if (!value.ok) {
      return err({code: "parameter-invalid", message: `${name}=${text}: expected ${value.error}`});
    }
    changed[found.key] = value.value;
  }
  if ("sessionPeriod" in changed && !("kickThreshold" in changed)) {
    changed.kickThreshold = changed.sessionPeriod!;
  }
  return ok({...base, ...changed} as Parameters);
}

import {bytes} from "#codec";
import {CODE_KEY} from "#primitives";
import type {Externalities} from "#state";
import {
  call,
  type DispatchResult,
  done,
  ensureRoot,
  failed,
  type Origin,
} from "../../../frame/index.ts";
import {systemWeights} from "../weights.ts";
import type {SystemCallConfig} from "./index.ts";

function replaceCode(
  {errors, events, checkCode, depositLog, maxBlock}: SystemCallConfig,
  checks: "version" | "marker-only",
) {
  return (state: Externalities, origin: Origin, {code}: {code: Uint8Array}): DispatchResult => {
    const root = ensureRoot(origin);
    if (!root.ok) return failed(root.error);
    const checked = checkCode(state, code, checks, errors);
    if (!checked.ok) return failed(checked.error);
    state.set(CODE_KEY, code);
    depositLog(state, {type: "RuntimeEnvironmentUpdated"});
    events.CodeUpdated(state, {});
    return done({actualWeight: maxBlock});
  };
}

export const setCode = (config: SystemCallConfig) =>
  call({
    name: "set_code",
    index: 2,
    docs: "Set the new runtime code.",
    args: {code: bytes},
    class: "Operational",
    weight: () => systemWeights.setCode(),
    dispatch: replaceCode(config, "version"),
  });

export const setCodeWithoutChecks = (config: SystemCallConfig) =>
  call({
    name: "set_code_without_checks",
    index: 3,
    docs: "Set the new runtime code without doing any checks of the given `code`.",
    args: {code: bytes},
    class: "Operational",
    weight: () => systemWeights.setCode(),
    dispatch: replaceCode(config, "marker-only"),
  });

import {invariant} from "#base";
import type {Runtime} from "#runtime-api";
import type {StateVersion} from "#state";

/** How the states of a runtime are laid out; runtimes of other layouts are refused where they are looked up. */
export function stateVersionOf({version: {stateVersion}}: Pick<Runtime, "version">): StateVersion {
  invariant(stateVersion === 0 || stateVersion === 1, "a runtime of a known layout of states");
  return stateVersion;
}

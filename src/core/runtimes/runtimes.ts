import {bytesToHex, type Result} from "#base";
import type {Hash} from "#primitives";
import type {Runtime} from "#runtime-api";
import type {StateView} from "#state";

/** Why this program cannot run a state. `spec`: name and version as the code says them; undefined where it does not. */
export type RuntimeUnusable =
  | {readonly code: "code-missing"}
  /** No engine of this program runs such code. */
  | {readonly code: "code-foreign"; readonly codeHash: Hash; readonly spec: Spec | undefined}
  /** One does, and not over this state, or not in this version of the program. */
  | {
      readonly code: "state-unusable" | "version-unknown";
      readonly codeHash: Hash;
      readonly spec: Spec | undefined;
      readonly reason: string;
    };

export interface Spec {
  readonly specName: string;
  readonly specVersion: number;
}

/** Port: the runtime that a state runs. */
export interface Runtimes {
  runtimeOf(state: Pick<StateView, "get">): Result<Runtime, RuntimeUnusable>;
  /**
   * Gets the runtime ready that a block brings, while other work goes on; one at a time. Undefined where a state has the code of
   * the one before, and where nothing has to be got ready.
   */
  prepare?(
    state: Pick<StateView, "get">,
    before: Pick<StateView, "get">,
  ): Promise<void> | undefined;
}

/** In words, with all that is known of the code. */
export function describeUnusable(failure: RuntimeUnusable): string {
  if (failure.code === "code-missing") return "the state holds no runtime (:code)";
  const {spec, codeHash} = failure;
  const name = spec === undefined ? "no readable version" : `${spec.specName} ${spec.specVersion}`;
  const which = `${name}, code hash ${bytesToHex(codeHash)}`;
  return failure.code === "code-foreign"
    ? `the chain's runtime (:code) is none that this program runs: ${which}`
    : `${failure.reason} (${which})`;
}

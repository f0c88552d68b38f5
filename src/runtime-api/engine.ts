import type {Result} from "#base";
import type {Hash} from "#primitives";
import type {StateView} from "#state";
import type {Runtime} from "./runtime.ts";

/** What a state holds under `:code`, and BLAKE2b-256 of it. */
export interface RuntimeCode {
  readonly bytes: Uint8Array;
  readonly hash: Hash;
}

/** Why an engine cannot run a state whose code is of its kind. */
export interface EngineFailure {
  /** For people: `the state holds no parameters of the chain`. */
  readonly reason: string;
  /** Whether another version of this program may run it. */
  readonly isOfOtherVersion: boolean;
}

/** A way to run runtimes: as WebAssembly, or as a program that stands for the code. */
export interface RuntimeEngine {
  /** Whether the code is of the kind that this engine runs. Asked once a code. */
  takes(code: RuntimeCode): boolean;
  /** The runtime of a state with such code; what else it goes by is read there. */
  runtimeOf(code: RuntimeCode, state: Pick<StateView, "get">): Result<Runtime, EngineFailure>;
  /**
   * Gets code ready that a chain goes on with, so that `runtimeOf` has little left to do, without holding up the thread.
   * Resolves when that is done, or nothing can be made of the code, which `runtimeOf` says. Where there is nothing to get ready
   * there is no such function.
   */
  prepare?(code: RuntimeCode): Promise<void>;
}

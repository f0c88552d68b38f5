import {err, type Result} from "#base";
import {type Externalities, NoTransaction} from "#state";
import {TrieFault} from "#trie";
import type {RuntimeFailure} from "./runtime.ts";

/**
 * What every engine runs a call of a runtime in: its transactions are fenced, a refused end of one is a trap, and a part
 * of the state that is not at hand is a failure of its own. All else that the call throws goes through.
 */
export function runCall<T, F>(
  name: string,
  state: Pick<Externalities, "fenced">,
  call: () => Result<T, F>,
): Result<T, F | RuntimeFailure> {
  try {
    return state.fenced(call);
  } catch (error) {
    if (error instanceof NoTransaction) return err({code: "trap", name, message: error.message});
    if (error instanceof TrieFault && error.isMiss) {
      const {key, child, path, hash} = error;
      return err({code: "state-missing", name, key, child, path, hash});
    }
    throw error;
  }
}

import type {BinaryString} from "#base";
import type {StateView} from "#state";

/** A state that notes which keys were looked at, found or not: what a proof of the look has to hold. */
export function recordingState(state: StateView): {view: StateView; keys: Set<BinaryString>} {
  const keys = new Set<BinaryString>();
  const view: StateView = {
    trie: state.trie,
    get(key) {
      keys.add(key);
      return state.get(key);
    },
    has(key) {
      keys.add(key);
      return state.has(key);
    },
    nextKey(key) {
      keys.add(key);
      const next = state.nextKey(key);
      if (next !== undefined) keys.add(next);
      return next;
    },
  };
  return {view, keys};
}

import {encode, u64} from "#codec";
import {HEAP_PAGES_KEY} from "#primitives";
import {call, done, ensureRoot, failed} from "../../../frame/index.ts";
import {systemWeights} from "../weights.ts";
import type {SystemCallConfig} from "./index.ts";

export const setHeapPages = ({depositLog}: SystemCallConfig) =>
  call({
    name: "set_heap_pages",
    index: 1,
    docs: "Set the number of pages in the WebAssembly environment's heap.",
    args: {pages: u64},
    class: "Operational",
    weight: () => systemWeights.setHeapPages(),
    dispatch(state, origin, {pages}) {
      const root = ensureRoot(origin);
      if (!root.ok) return failed(root.error);
      state.set(HEAP_PAGES_KEY, encode(u64, pages));
      depositLog(state, {type: "RuntimeEnvironmentUpdated"});
      return done();
    },
  });

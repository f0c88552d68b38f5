import {Script} from "node:vm";
import {GivenUp, type Within} from "#wasm-runtime";

/** Scripts take no arguments: what one is to run stands here for as long as it takes to begin. */
const WORK = "__khala_work__";
const script = new Script(`globalThis.${WORK}()`);
const place = globalThis as {[WORK]?: () => unknown};

/**
 * Runs work on this thread and interrupts it, WebAssembly too, when it takes longer. A watch costs a tenth of a millisecond,
 * since it is a thread.
 */
export const withinDeadline =
  (milliseconds: number): Within =>
  (work, patience = milliseconds) => {
    const timeout = Math.min(milliseconds, patience);
    let answer: {readonly value: ReturnType<typeof work>} | undefined;
    place[WORK] = () => {
      delete place[WORK];
      answer = {value: work()};
    };
    try {
      script.runInThisContext({timeout});
    } catch (error) {
      if (isTimeout(error)) throw new GivenUp(timeout);
      throw error;
    }
    return answer!.value;
  };

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";

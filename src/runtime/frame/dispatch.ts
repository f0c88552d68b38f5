import type {DispatchError} from "#primitives";
import type {Externalities} from "#state";
import {type DispatchResult, failed} from "./call.ts";
import type {Origin} from "./origin.ts";
import type {RuntimeCall} from "./runtime-call.ts";

/** Deepest nesting of storage layers, as upstream's transactional limit. */
const MAX_LAYERS = 255;

/**
 * Runs calls, each in a storage layer of its own: a failing call leaves no trace but its fee. The filter of the
 * origin is asked first; root has none (spec/pallets §4.2).
 */
export class Dispatcher {
  readonly #callFiltered: DispatchError;
  #layers = 0;

  constructor(callFiltered: DispatchError) {
    this.#callFiltered = callFiltered;
  }

  dispatch(state: Externalities, origin: Origin, call: RuntimeCall): DispatchResult {
    if (origin.caller.type !== "Root" && !origin.filter(call)) return failed(this.#callFiltered);
    return this.dispatchBypassingFilter(state, origin, call);
  }

  dispatchBypassingFilter(
    state: Externalities,
    origin: Origin,
    {call, args}: RuntimeCall,
  ): DispatchResult {
    return this.inLayer(state, () => call.dispatch(state, origin, args));
  }

  /** Runs `work` so that a failure undoes all it wrote, events included. */
  inLayer(state: Externalities, work: () => DispatchResult): DispatchResult {
    if (this.#layers >= MAX_LAYERS) {
      return failed({type: "Transactional", value: "LimitReached"});
    }
    this.#layers++;
    state.begin();
    let result: DispatchResult | undefined;
    try {
      result = work();
      return result;
    } finally {
      this.#layers--;
      if (result?.ok) state.commit();
      else state.rollback();
    }
  }
}

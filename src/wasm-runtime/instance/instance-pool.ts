import type {PreparedModule} from "../module/index.ts";
import {type InstanceOptions, RuntimeInstance} from "./runtime-instance.ts";

/** What restoring a module's data puts right: its one mutable global, the stack pointer, is back when a call returns. */
const STACK_POINTER = 1;

/**
 * Gives out instances of a module and keeps one for the next call, since making its memory takes milliseconds. A call within
 * a call has another. A module with state that cannot be put back has a new one each time.
 */
export class InstancePool {
  readonly #prepared: PreparedModule;
  readonly #options: InstanceOptions;
  readonly #isReusable: boolean;
  #idle: RuntimeInstance | undefined;

  constructor(prepared: PreparedModule, options: InstanceOptions) {
    this.#prepared = prepared;
    this.#options = options;
    this.#isReusable = prepared.mutableGlobals <= STACK_POINTER && !prepared.hasStart;
  }

  take(): RuntimeInstance {
    const idle = this.#idle;
    this.#idle = undefined;
    return idle ?? new RuntimeInstance(this.#prepared, this.#options);
  }

  /** After a call that returned. One whose call was cut short is not given back. */
  giveBack(instance: RuntimeInstance): void {
    if (this.#isReusable) this.#idle = instance;
  }
}

import type {PreparedModule} from "../module/index.ts";
import {type InstanceOptions, RuntimeInstance} from "./runtime-instance.ts";

/** What restoring a module's data puts right: its one mutable global, the stack pointer, is back when a call returns. */
const STACK_POINTER = 1;

/**
 * Gives out instances of a module and keeps one for the next call, since making its memory takes milliseconds. A call within
 * a call has another. One whose call was cut short is renewed, and so is one of a module with state that cannot be put back.
 */
export class InstancePool {
  readonly #prepared: PreparedModule;
  readonly #options: InstanceOptions;
  /** Whether a call that returned leaves nothing behind but memory. */
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

  /** After a call, which returned or was cut short. */
  giveBack(instance: RuntimeInstance, hasReturned: boolean): void {
    if (hasReturned && this.#isReusable) {
      this.#idle = instance;
    } else if (instance.isRenewable) {
      instance.renew();
      this.#idle = instance;
    }
  }
}

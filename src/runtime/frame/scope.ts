import type {Hashing} from "#crypto";
import type {DispatchError} from "#primitives";
import {createErrors, type ErrorDeclaration} from "./errors.ts";
import {createDepositors, type Depositor, type EventDeclaration, type EventSink} from "./events.ts";
import {StorageScope} from "./storage.ts";

/** A pallet's place in a runtime, from which its keys, event bytes and error values follow. */
export class PalletScope {
  readonly name: string;
  readonly index: number;
  readonly hashing: Hashing;
  readonly storage: StorageScope;
  readonly #sink: EventSink;

  constructor(name: string, index: number, hashing: Hashing, sink: EventSink) {
    this.name = name;
    this.index = index;
    this.hashing = hashing;
    this.storage = new StorageScope(name, hashing);
    this.#sink = sink;
  }

  events<E extends Readonly<Record<string, EventDeclaration>>>(
    declarations: E,
  ): {[K in keyof E]: Depositor<E[K][1]>} {
    return createDepositors(declarations, this.index, this.#sink);
  }

  errors<E extends Readonly<Record<string, ErrorDeclaration>>>(
    declarations: E,
  ): {[K in keyof E]: DispatchError} {
    return createErrors(declarations, this.index);
  }
}

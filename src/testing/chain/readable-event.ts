import {bytesToHex} from "#base";
import type {DispatchError} from "#primitives";
import {type CollatorChain, errorName} from "#runtime";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestEvent} from "../api.ts";

interface EventRecord {
  readonly phase: {readonly type: string; readonly value?: unknown};
  readonly event: {
    readonly type: string;
    readonly value: {readonly type: string; readonly value: unknown};
  };
}

/** Shows events as a test compares them: accounts by name, errors by name, other bytes in hex. */
export class EventReader {
  readonly #runtime: CollatorChain;
  readonly #accounts: AccountBook;

  constructor(runtime: CollatorChain, accounts: AccountBook) {
    this.#runtime = runtime;
    this.#accounts = accounts;
  }

  read({phase, event}: EventRecord): TestEvent {
    return {
      name: `${event.type}.${event.value.type}`,
      fields: this.#readable(event.value.value),
      extrinsic: phase.type === "ApplyExtrinsic" ? (phase.value as number) : undefined,
    };
  }

  #readable(value: unknown, field?: string): unknown {
    if (value instanceof Uint8Array) {
      return value.length === 32 && this.#accounts.isNamed(value)
        ? this.#accounts.nameOf(value)
        : bytesToHex(value);
    }
    if (Array.isArray(value)) return value.map(inner => this.#readable(inner));
    if (value === null || typeof value !== "object") return value;
    if (field === "dispatchError") return this.#errorName(value);
    if (field?.endsWith("Result")) return this.#outcome(value);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.#readable(inner, key)]),
    );
  }

  /** The result of a call within a call. */
  #outcome(value: object): string {
    return "error" in value ? this.#errorName(value.error as object) : "ok";
  }

  #errorName(error: object): string {
    return errorName(this.#runtime.composition.pallets, error as DispatchError);
  }
}

/** The error that an extrinsic's events tell of; of a sudo call, the one of the call inside. */
export function errorIn(events: readonly TestEvent[]): string | undefined {
  for (const {name, fields} of events) {
    if (name === "System.ExtrinsicFailed") return (fields as {dispatchError: string}).dispatchError;
    if (name === "Sudo.Sudid") {
      const {sudoResult} = fields as {sudoResult: string};
      if (sudoResult !== "ok") return sudoResult;
    }
  }
  return undefined;
}

import {bytesToHex} from "#base";
import {type ChainDescription, type ChainEvent, nameDispatchError} from "#description";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestEvent} from "../api.ts";

/**
 * Fields of events that the kit itself looks at, in the order in which all runtimes have them: those of 2021 gave them no
 * names.
 */
const FIELD_NAMES: Readonly<Record<string, readonly string[]>> = {
  "System.ExtrinsicFailed": ["dispatchError", "dispatchInfo"],
  "Sudo.Sudid": ["sudoResult"],
  "CollatorSelection.CandidateRemoved": ["accountId"],
};

/** Shows events as a test compares them: accounts by name, errors by name, other bytes in hex. */
export class EventReader {
  readonly #description: ChainDescription;
  readonly #accounts: AccountBook;

  constructor(description: ChainDescription, accounts: AccountBook) {
    this.#description = description;
    this.#accounts = accounts;
  }

  read({name, fields, extrinsic}: ChainEvent): TestEvent {
    return {name, fields: this.#readable(namedFields(name, fields)), extrinsic};
  }

  /** Any value of the chain's, in the same way. */
  readable(value: unknown): unknown {
    return this.#readable(value);
  }

  #readable(value: unknown, field?: string): unknown {
    if (value instanceof Uint8Array) {
      return value.length === 32 && this.#accounts.isNamed(value)
        ? this.#accounts.nameOf(value)
        : bytesToHex(value);
    }
    if (Array.isArray(value)) return value.map(inner => this.#readable(inner));
    if (field === "dispatchError") return this.#errorName(value);
    if (value === null || typeof value !== "object") return value;
    if (field?.endsWith("Result")) return this.#outcome(value);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.#readable(inner, key)]),
    );
  }

  /** The result of a call within a call. */
  #outcome(value: object): string {
    return "error" in value ? this.#errorName(value.error) : "ok";
  }

  #errorName(error: unknown): string {
    return nameDispatchError(this.#description, error).name;
  }
}

function namedFields(event: string, fields: unknown): unknown {
  const names = FIELD_NAMES[event];
  if (names === undefined || hasNames(fields, names)) return fields;
  const values = Array.isArray(fields) ? fields : [fields];
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

const hasNames = (fields: unknown, [first]: readonly string[]): boolean =>
  typeof fields === "object" && fields !== null && first! in fields;

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

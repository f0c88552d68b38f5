import {bytesToHex} from "#base";
import {type ChainDescription, type ChainEvent, nameDispatchError, weightFrom} from "#description";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestEvent, TestWeight} from "../api.ts";

/**
 * Fields of events that the kit itself looks at, in the order in which all runtimes have them: those of 2021 gave them no
 * names.
 */
const FIELD_NAMES: Readonly<Record<string, readonly string[]>> = {
  "System.ExtrinsicSuccess": ["dispatchInfo"],
  "System.ExtrinsicFailed": ["dispatchError", "dispatchInfo"],
  "Sudo.Sudid": ["sudoResult"],
  "Sudo.SudoAsDone": ["sudoResult"],
  "Scheduler.Dispatched": ["task", "id", "result"],
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
    if (field !== undefined && isResult(field, value)) return this.#outcome(value);
    if (isModuleError(value) || (field === "error" && isKindOfError(value))) {
      return this.#errorName(value);
    }
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

/** `sudoResult`, and the plain `result` of what is carried out for somebody. */
const isResult = (field: string, value: object): boolean =>
  field.endsWith("Result") || (field === "result" && ("ok" in value || "error" in value));

/** An error of a pallet's by its numbers, as batches and others tell of what failed within them. */
function isModuleError(value: object): boolean {
  const {type, value: inner} = value as {readonly type?: unknown; readonly value?: unknown};
  return (
    type === "Module" &&
    typeof inner === "object" &&
    inner !== null &&
    "index" in inner &&
    "error" in inner
  );
}

/** `Token` with `Frozen` in it. */
const isKindOfError = (value: object): boolean =>
  "type" in value && "value" in value && typeof value.value === "string";

function namedFields(event: string, fields: unknown): unknown {
  const names = FIELD_NAMES[event];
  if (names === undefined || hasNames(fields, names)) return fields;
  const values = Array.isArray(fields) ? fields : [fields];
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

const hasNames = (fields: unknown, [first]: readonly string[]): boolean =>
  typeof fields === "object" && fields !== null && first! in fields;

/** Where what was carried out within a call, or by the scheduler, says what it came to. */
const INNER: Readonly<Record<string, string>> = {
  "Sudo.Sudid": "sudoResult",
  "Sudo.SudoAsDone": "sudoResult",
  "Scheduler.Dispatched": "result",
};

/** The error that an extrinsic's events tell of; of a sudo call, the one of the call inside. */
export function errorIn(events: readonly TestEvent[]): string | undefined {
  for (const {name, fields} of events) {
    if (name === "System.ExtrinsicFailed") return (fields as {dispatchError: string}).dispatchError;
    const field = INNER[name];
    const inner = field && (fields as Readonly<Record<string, unknown>>)[field];
    if (typeof inner === "string" && inner !== "ok") return inner;
  }
  return undefined;
}

/** What an extrinsic cost, as its events tell. */
export function weightIn(events: readonly TestEvent[]): TestWeight | undefined {
  const told = events.findLast(({name}) => OUTCOMES.includes(name));
  const {dispatchInfo} = (told?.fields ?? {}) as {
    readonly dispatchInfo?: {readonly weight?: unknown};
  };
  return weightFrom(dispatchInfo?.weight);
}

const OUTCOMES: readonly string[] = ["System.ExtrinsicSuccess", "System.ExtrinsicFailed"];

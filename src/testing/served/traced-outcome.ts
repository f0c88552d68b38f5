import {nearestName} from "#base";
import type {FieldInfo} from "#codec";
import {type ChainDescription, camelCase, errorNames, findEvent, variantsOf} from "#description";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestEvent} from "../api.ts";
import {errorIn, weightIn} from "../chain/readable-event.ts";
import type {Outcome, TraceLevel, TransactionReplay} from "../chain-api.ts";
import {showValue} from "../traces/show-value.ts";
import {traceText} from "../traces/trace-text.ts";
import {notFound} from "../transactions/not-found.ts";
import {checkLevel} from "./check-arguments.ts";

/** What an outcome is made of. */
export interface OutcomeSource {
  readonly what: string;
  readonly block: number;
  readonly events: readonly TestEvent[];
  /** Of the runtime that executed it. */
  readonly description: ChainDescription;
  /** Whether somebody judges the chain's blocks by proofs. */
  readonly hasProofs: boolean;
  readonly level: TraceLevel;
  readonly accounts: Pick<AccountBook, "isSame">;
  readonly replay: () => TransactionReplay;
}

/** What became of something; what it did is found when it is asked for. */
export class TracedOutcome implements Outcome {
  readonly block: number;
  readonly events: readonly TestEvent[];
  readonly error: string | undefined;
  readonly weight: Outcome["weight"];
  readonly #source: OutcomeSource;
  #replayed: TransactionReplay | undefined;

  constructor(source: OutcomeSource, error = errorIn(source.events)) {
    this.#source = source;
    this.block = source.block;
    this.events = source.events;
    this.error = error;
    this.weight = weightIn(source.events);
  }

  get proofSize(): number | undefined {
    return this.#source.hasProofs ? this.replay().proofSize : undefined;
  }

  replay(): TransactionReplay {
    this.#replayed ??= this.#source.replay();
    return this.#replayed;
  }

  trace(level: TraceLevel = 4): string {
    checkLevel(level);
    return traceText(this.replay(), level);
  }

  expectSuccess(): void {
    if (this.error !== undefined) {
      throw this.#unexpected(`${this.#source.what} failed with ${this.error}`);
    }
  }

  expectError(name: string): void {
    const known = errorNames(this.#source.description);
    if (!known.includes(name)) throw notFound("error", name, known);
    if (this.error === name) return;
    const instead = this.error === undefined ? "it succeeded" : `it failed with ${this.error}`;
    throw this.#unexpected(`${this.#source.what} should have failed with ${name}: ${instead}`);
  }

  expectEvent(name: string, fields: Readonly<Record<string, unknown>> = {}): TestEvent {
    const {description, what, accounts} = this.#source;
    const known = findEvent(description, name);
    if (known === undefined) {
      const names = description.pallets.flatMap(pallet =>
        variantsOf(pallet.events).map(event => `${pallet.name}.${event.name}`),
      );
      throw notFound("event", name, names);
    }
    refuseUnknownFields(name, known.variant.fields, fields);
    const published = `${known.pallet.name}.${known.variant.name}`;
    const ofName = this.events.filter(event => event.name === published);
    const found = ofName.find(event => holds(event.fields, fields, accounts));
    if (found !== undefined) return found;
    const had =
      ofName.length > 0
        ? ofName.map(event => showValue(event.fields)).join(" and ")
        : `none, but ${this.events.map(event => event.name).join(", ") || "no event at all"}`;
    const wanted = Object.keys(fields).length === 0 ? name : `${name} ${showValue(fields)}`;
    throw this.#unexpected(`${what} should have made the event ${wanted}: there is ${had}`);
  }

  #unexpected(message: string): Error {
    const told = this.trace(this.#source.level);
    return new Error(told === "" ? message : `${message}\n\n${told}\n`);
  }
}

/** A field that the event does not have would never be found in any. */
function refuseUnknownFields(event: string, fields: readonly FieldInfo[], wanted: object): void {
  const names = fields.flatMap(({name}) => (name === undefined ? [] : [camelCase(name)]));
  const strange = Object.keys(wanted).find(name => !names.includes(name));
  // Events of 2021 name no fields.
  if (strange === undefined || names.length === 0) return;
  const nearest = nearestName(strange, names);
  const hint = nearest === undefined ? `only ${names.join(", ")}` : `did you mean ${nearest}?`;
  throw new Error(`the event ${event} has no field ${strange}: ${hint}`);
}

type Accounts = OutcomeSource["accounts"];

/** Whether a value has all that is wanted of it; amounts as numbers too, accounts by whatever they are called. */
function holds(value: unknown, wanted: unknown, accounts: Accounts): boolean {
  if (Object.is(value, wanted)) return true;
  if (typeof value === "bigint" && typeof wanted === "number") return value === toBigInt(wanted);
  if (typeof value === "string" && typeof wanted === "string")
    return accounts.isSame(value, wanted);
  if (typeof value !== "object" || typeof wanted !== "object") return false;
  if (value === null || wanted === null) return false;
  if (Array.isArray(wanted) && (!Array.isArray(value) || value.length !== wanted.length)) {
    return false;
  }
  return Object.entries(wanted).every(([key, one]) =>
    holds((value as Readonly<Record<string, unknown>>)[key], one, accounts),
  );
}

const toBigInt = (number: number): bigint | undefined =>
  Number.isSafeInteger(number) ? BigInt(number) : undefined;

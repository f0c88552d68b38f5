import {unwrap} from "#base";
import {
  apiNames,
  askByName,
  type ChainDescription,
  findApi,
  findItem,
  readConstant,
  type StateReader,
} from "#description";
import {describeApiFailure, type Runtime, type RuntimeHost} from "#runtime-api";
import type {AccountBook} from "../accounts/account-book.ts";
import type {EntriesOptions, StorageEntry} from "../api.ts";
import {CallEncoder} from "../transactions/encode-call.ts";
import {notFound} from "../transactions/not-found.ts";
import {EventReader} from "./readable-event.ts";

/** Entries that a test looks at where it does not say how many. */
const MANY = 1_000;

/** Reads whatever a runtime publishes by its name; one that it does not have is refused with the nearest. */
export class NamedReads {
  readonly #reader: StateReader;
  readonly #accounts: AccountBook;

  constructor(reader: StateReader, accounts: AccountBook) {
    this.#reader = reader;
    this.#accounts = accounts;
  }

  storage(name: string, given: readonly unknown[]): unknown {
    const reading = this.#reader.ask(name, this.#keys(name, given));
    switch (reading.kind) {
      case "value":
        return this.#readable(reading.value);
      case "nothing":
        return undefined;
      case "not-published":
        throw this.#noItem(name);
      case "misfit":
        throw new Error(`${name}: expected ${reading.misfit.expected} ${reading.misfit.at}`.trim());
      case "unreadable":
        throw new Error(`${name} cannot be read: ${reading.failure.message}`);
    }
  }

  entries(name: string, {keys = [], limit = MANY}: EntriesOptions = {}): readonly StorageEntry[] {
    if (!(Number.isSafeInteger(limit) && limit >= 1)) {
      throw new Error(`entries: limit is a whole number from 1 on, not ${String(limit)}`);
    }
    const page = this.#reader.page(name, {keys: this.#keys(name, keys), limit});
    if (page === undefined) throw this.#noItem(name);
    return unwrap(page).entries.map(entry => ({
      keys: entry.keys.map(key => this.#readable(key)),
      value: this.#readable(unwrap(entry.value)),
    }));
  }

  constant(name: string): unknown {
    const {description} = this.#reader;
    const found = readConstant(description, name);
    if (found.ok) return this.#readable(found.value);
    if (found.error.code !== "not-published") {
      throw new Error(`${name} cannot be read: ${found.error.message}`);
    }
    throw notFound(
      "constant",
      name,
      description.pallets.flatMap(({name: pallet, constants}) =>
        constants.map(one => `${pallet}.${one.name}`),
      ),
    );
  }

  call(name: string, given: readonly unknown[], runtime: Runtime, host: RuntimeHost): unknown {
    const {description} = this.#reader;
    const found = findApi(description, name);
    if (found === undefined) throw noSuchCall(description, name);
    const {inputs} = found.method;
    const calls = new CallEncoder(description, this.#accounts);
    const args = given.map((arg, i) => (inputs[i] ? calls.shape(inputs[i].type, arg) : arg));
    const answer = askByName(found, args, runtime, host);
    if (answer.ok) return this.#readable(answer.value);
    const {error} = answer;
    throw new Error(
      "expected" in error
        ? [name, error.at, `expected ${error.expected}`].filter(part => part !== "").join(": ")
        : describeApiFailure(error),
    );
  }

  #readable(value: unknown): unknown {
    return new EventReader(this.#reader.description, this.#accounts).readable(value);
  }

  #keys(name: string, given: readonly unknown[]): readonly unknown[] {
    const {description} = this.#reader;
    const types = findItem(description, name)?.keys ?? [];
    if (given.length > types.length && findItem(description, name) !== undefined) {
      throw new Error(`${name} has ${types.length} keys, and ${given.length} are given`);
    }
    const calls = new CallEncoder(description, this.#accounts);
    return given.map((key, i) => (types[i] === undefined ? key : calls.shape(types[i], key)));
  }

  #noItem(name: string): Error {
    const {pallets} = this.#reader.description;
    const known = pallets.flatMap(({name: pallet, storage}) =>
      storage.map(item => `${pallet}.${item.name}`),
    );
    return notFound("item of the state", name, known);
  }
}

function noSuchCall(description: ChainDescription, name: string): Error {
  const known = apiNames(description);
  const error = notFound("runtime call", name.replace(/^([^._]*)_/, "$1."), known, "API");
  if (description.apis !== undefined) return error;
  return new Error(
    `${error.message} (its metadata, of version ${description.metadataVersion}, describes no APIs, and what is known without are ${known.join(", ")})`,
  );
}

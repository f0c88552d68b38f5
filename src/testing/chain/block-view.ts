import {bytesToHex, equalBytes, type Hex, unwrap} from "#base";
import {slotOf} from "#consensus";
import type {Blockchain, BlockRef} from "#core";
import type {Hashing} from "#crypto";
import {
  apiNames,
  askByName,
  type ChainDescription,
  type ChainEvent,
  findApi,
  findItem,
  readConstant,
  readEvents,
  StateReader,
  storageKey,
} from "#description";
import {auraAuthorities, describeApiFailure, type RuntimeHost} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import type {AccountBook} from "../accounts/account-book.ts";
import type {
  AccountName,
  Balance,
  EntriesOptions,
  StorageEntry,
  TestBlock,
  TestEvent,
} from "../api.ts";
import {CallEncoder} from "../transactions/encode-call.ts";
import {notFound} from "../transactions/not-found.ts";
import {EventReader} from "./readable-event.ts";

/** What a view reads with. */
export interface ViewSource {
  readonly chain: Blockchain;
  readonly description: ChainDescription;
  readonly hashing: Hashing;
  readonly accounts: AccountBook;
  /** Says the truth at once. */
  readonly verifySignature: RuntimeHost["verifySignature"];
}

/** As the chain has it in `System.Account`. */
interface AccountInfo {
  readonly nonce: number;
  readonly data: {readonly free: bigint; readonly reserved: bigint};
}

interface CandidateInfo {
  readonly who: Uint8Array;
  readonly deposit: bigint;
}

/** More accounts than a network of tests has. */
const ALL = 1_000_000;
/** Entries that a test looks at where it does not say how many. */
const MANY = 1_000;

/** The chain as of one block: who is in which set, who has what, what happened. Accounts are named. */
export class BlockView implements TestBlock {
  readonly #source: ViewSource;
  readonly #state: StateView;
  readonly #reader: StateReader;
  readonly #hash: Uint8Array;
  readonly number: number;
  readonly hash: Hex;

  constructor(source: ViewSource, {hash, number}: BlockRef) {
    const state = source.chain.state(hash);
    if (state === undefined) throw new Error(`block ${number} ${bytesToHex(hash)} has no state`);
    this.#source = source;
    this.#state = state;
    this.#reader = new StateReader(source.description, state, source.hashing);
    this.#hash = hash;
    this.number = number;
    this.hash = bytesToHex(hash);
  }

  get parent(): BlockView {
    const {parentHash} = this.#header();
    return new BlockView(this.#source, {hash: parentHash, number: this.number - 1});
  }

  get slot(): number | undefined {
    return slotOf(this.#header().digest);
  }

  get author(): string | undefined {
    const {slot} = this;
    if (slot === undefined) return undefined;
    const validators = this.parent.validators();
    return validators[slot % validators.length];
  }

  get session(): number {
    return this.#read("Session.CurrentIndex");
  }

  /** Of chains without sessions, whoever has the keys that seal: those of the kit's accounts are the accounts' own. */
  validators(): string[] {
    if (this.#reader.publishes("Session.Validators"))
      return this.#names(this.#read("Session.Validators"));
    const runtime = unwrap(this.#source.chain.runtimeOf(this.#state));
    const {verifySignature} = this.#source;
    const host = {state: new Overlay(this.#state), verifySignature};
    return this.#names(unwrap(auraAuthorities(runtime, host)));
  }

  queued(): string[] {
    const queued = this.#read<readonly (readonly [Uint8Array, unknown])[]>("Session.QueuedKeys");
    return this.#names(queued.map(([who]) => who));
  }

  invulnerables(): string[] {
    return this.#names(this.#read("CollatorSelection.Invulnerables"));
  }

  candidates(): string[] {
    return this.#names(this.#candidates().map(({who}) => who));
  }

  bondOf(name: AccountName): bigint | undefined {
    const account = this.#source.accounts.publicKey(name);
    return this.#candidates().find(({who}) => equalBytes(who, account))?.deposit;
  }

  balanceOf(name: AccountName): Balance {
    const account = this.#source.accounts.publicKey(name);
    const {nonce, data} = this.#read<AccountInfo>("System.Account", [account]);
    return {free: data.free, reserved: data.reserved, nonce};
  }

  issuance(): {readonly total: bigint; readonly held: bigint} {
    const page = this.#reader.page("System.Account", {limit: ALL});
    let held = 0n;
    for (const {value} of page === undefined ? [] : unwrap(page).entries) {
      const {data} = unwrap(value) as AccountInfo;
      held += data.free + data.reserved;
    }
    return {total: this.#read("Balances.TotalIssuance"), held};
  }

  events(of = ""): TestEvent[] {
    const {description, accounts} = this.#source;
    const reader = new EventReader(description, accounts);
    return this.#events()
      .filter(({name}) => of === "" || name === of || name.startsWith(`${of}.`))
      .map(event => reader.read(event));
  }

  storage(name: string, ...given: readonly unknown[]): unknown {
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
    const page = this.#reader.page(name, {keys: this.#keys(name, keys), limit});
    if (page === undefined) throw this.#noItem(name);
    return unwrap(page).entries.map(entry => ({
      keys: entry.keys.map(key => this.#readable(key)),
      value: this.#readable(unwrap(entry.value)),
    }));
  }

  constant(name: string): unknown {
    const {description} = this.#source;
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

  call(name: string, ...given: readonly unknown[]): unknown {
    const {chain, description, accounts, verifySignature} = this.#source;
    const found = findApi(description, name);
    if (found === undefined) throw noSuchCall(description, name);
    const {inputs} = found.method;
    const calls = new CallEncoder(description, accounts);
    const args = given.map((arg, i) => (inputs[i] ? calls.shape(inputs[i].type, arg) : arg));
    // What it writes is nobody's: a call only looks.
    const host = {state: new Overlay(this.#state), verifySignature, isAsked: true};
    const answer = askByName(found, args, unwrap(chain.runtimeOf(this.#state)), host);
    if (answer.ok) return this.#readable(answer.value);
    const {error} = answer;
    throw new Error(
      "expected" in error
        ? [name, error.at, `expected ${error.expected}`].filter(part => part !== "").join(": ")
        : describeApiFailure(error),
    );
  }

  kicks(): string[] {
    const appointed = this.invulnerables();
    return this.events("CollatorSelection.CandidateRemoved")
      .filter(({extrinsic}) => extrinsic === undefined)
      .map(({fields}) => (fields as {accountId: string}).accountId)
      .filter(name => !appointed.includes(name));
  }

  #readable(value: unknown): unknown {
    const {description, accounts} = this.#source;
    return new EventReader(description, accounts).readable(value);
  }

  #keys(name: string, given: readonly unknown[]): readonly unknown[] {
    const {description, accounts} = this.#source;
    const types = findItem(description, name)?.keys ?? [];
    if (given.length > types.length && findItem(description, name) !== undefined) {
      throw new Error(`${name} has ${types.length} keys, and ${given.length} are given`);
    }
    const calls = new CallEncoder(description, accounts);
    return given.map((key, i) => (types[i] === undefined ? key : calls.shape(types[i], key)));
  }

  #noItem(name: string): Error {
    const {pallets} = this.#source.description;
    const known = pallets.flatMap(({name: pallet, storage}) =>
      storage.map(item => `${pallet}.${item.name}`),
    );
    return notFound("item of the state", name, known);
  }

  #header() {
    const header = this.#source.chain.header(this.#hash);
    if (header === undefined) throw new Error(`block ${this.number} has no header`);
    return header;
  }

  #events(): readonly ChainEvent[] {
    const {description, hashing} = this.#source;
    const key = unwrap(storageKey(findItem(description, "System.Events")!, [], hashing));
    const bytes = this.#state.get(key);
    if (bytes === undefined) return [];
    const {events, rest} = unwrap(readEvents(description, bytes));
    if (rest !== undefined) throw new Error(`block ${this.number}: ${rest.failure.message}`);
    return events;
  }

  /** Older pallets list them by when they registered, newer ones by their bond. */
  #candidates(): readonly CandidateInfo[] {
    const [newer, older] = ["CollatorSelection.CandidateList", "CollatorSelection.Candidates"];
    return this.#read(this.#reader.publishes(newer) ? newer : older);
  }

  /** Fails where the chain has no such item: the kit's own chain has all that is read here. */
  #read<T>(name: string, keys: readonly unknown[] = []): T {
    const reading = this.#reader.ask(name, keys);
    if (reading.kind !== "value") throw new Error(`${name} cannot be read: ${reading.kind}`);
    return reading.value as T;
  }

  #names(accounts: readonly Uint8Array[]): string[] {
    return accounts.map(account => this.#source.accounts.nameOf(account));
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

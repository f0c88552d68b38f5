import {bytesToHex, equalBytes, type Hex, unwrap} from "#base";
import {slotOf} from "#consensus";
import type {Blockchain, BlockRef} from "#core";
import type {Hashing} from "#crypto";
import {
  type ChainDescription,
  type ChainEvent,
  findEvent,
  findItem,
  findPallet,
  readEvents,
  StateReader,
  storageKey,
  variantsOf,
} from "#description";
import {auraAuthorities, type RuntimeHost} from "#runtime-api";
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
import {notFound} from "../transactions/not-found.ts";
import {NamedReads} from "./named-reads.ts";
import {EventReader} from "./readable-event.ts";

/** What a view reads with. */
export interface ViewSource {
  readonly chain: Blockchain;
  /** Of the runtime that a state has; an upgrade makes it another one. */
  readonly descriptionOf: (state: StateView) => ChainDescription;
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

/** The chain as of one block: who is in which set, who has what, what happened. Accounts are named. */
export class BlockView implements TestBlock {
  readonly #source: ViewSource;
  readonly #state: StateView;
  readonly #description: ChainDescription;
  readonly #reader: StateReader;
  readonly #named: NamedReads;
  readonly #hash: Uint8Array;
  readonly number: number;
  readonly hash: Hex;

  constructor(source: ViewSource, {hash, number}: BlockRef) {
    const state = source.chain.state(hash);
    if (state === undefined) throw new Error(`block ${number} ${bytesToHex(hash)} has no state`);
    this.#source = source;
    this.#state = state;
    this.#description = source.descriptionOf(state);
    this.#reader = new StateReader(this.#description, state, source.hashing);
    this.#named = new NamedReads(this.#reader, source.accounts);
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
    const {chain, descriptionOf, accounts} = this.#source;
    // They are in the words of the runtime that made the block, which is its parent's.
    const before = this.number === 0 ? undefined : chain.state(this.#header().parentHash);
    const description = before === undefined ? this.#description : descriptionOf(before);
    refuseUnknownEvents(description, of);
    const reader = new EventReader(description, accounts);
    return this.#events(description)
      .filter(({name}) => of === "" || name === of || name.startsWith(`${of}.`))
      .map(event => reader.read(event));
  }

  storage(name: string, ...keys: readonly unknown[]): unknown {
    return this.#named.storage(name, keys);
  }

  entries(name: string, options?: EntriesOptions): readonly StorageEntry[] {
    return this.#named.entries(name, options);
  }

  constant(name: string): unknown {
    return this.#named.constant(name);
  }

  call(name: string, ...args: readonly unknown[]): unknown {
    const {chain, verifySignature} = this.#source;
    // What it writes is nobody's: a call only looks.
    const host = {state: new Overlay(this.#state), verifySignature, isAsked: true};
    return this.#named.call(name, args, unwrap(chain.runtimeOf(this.#state)), host);
  }

  kicks(): string[] {
    const appointed = this.invulnerables();
    return this.events("CollatorSelection.CandidateRemoved")
      .filter(({extrinsic}) => extrinsic === undefined)
      .map(({fields}) => (fields as {accountId: string}).accountId)
      .filter(name => !appointed.includes(name));
  }

  #header() {
    const header = this.#source.chain.header(this.#hash);
    if (header === undefined) throw new Error(`block ${this.number} has no header`);
    return header;
  }

  #events(description: ChainDescription): readonly ChainEvent[] {
    const {hashing} = this.#source;
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

/** A pallet, or one event of one: a list that is empty for a misspelt name would prove anything. */
function refuseUnknownEvents(description: ChainDescription, of: string): void {
  if (of === "" || findEvent(description, of) !== undefined) return;
  if (findPallet(description, of) !== undefined) return;
  const known = description.pallets.flatMap(({name, events}) =>
    variantsOf(events).map(event => `${name}.${event.name}`),
  );
  throw notFound("event", String(of), known);
}

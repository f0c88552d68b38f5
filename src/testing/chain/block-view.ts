import {bytesToHex, equalBytes, type Hex} from "#base";
import {type Codec, decodeTrusted} from "#codec";
import {slotOf} from "#consensus";
import type {Blockchain, BlockRef} from "#core";
import type {AccountInfo, CollatorChain} from "#runtime";
import {Overlay, type StateView} from "#state";
import type {AccountBook} from "../accounts/account-book.ts";
import type {AccountName, Balance, TestBlock, TestEvent} from "../api.ts";
import {EventReader} from "./readable-event.ts";

/** What a view reads with. */
export interface ViewSource {
  readonly chain: Blockchain;
  readonly runtime: CollatorChain;
  readonly accounts: AccountBook;
}

/** The chain as of one block: who is in which set, who has what, what happened. Accounts are named. */
export class BlockView implements TestBlock {
  readonly #source: ViewSource;
  readonly #state: StateView;
  readonly #hash: Uint8Array;
  readonly number: number;
  readonly hash: Hex;

  constructor(source: ViewSource, {hash, number}: BlockRef) {
    const state = source.chain.state(hash);
    if (state === undefined) throw new Error(`block ${number} ${bytesToHex(hash)} has no state`);
    this.#source = source;
    this.#state = state;
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
    return this.#read(({session}, state) => session.storage.currentIndex.get(state));
  }

  validators(): string[] {
    return this.#names(({session}, state) => session.storage.validators.get(state));
  }

  queued(): string[] {
    return this.#names(({session}, state) =>
      session.storage.queuedKeys.get(state).map(([who]) => who),
    );
  }

  invulnerables(): string[] {
    return this.#names(({collatorSelection: {storage}}, state) => storage.invulnerables.get(state));
  }

  candidates(): string[] {
    return this.#names(({collatorSelection: {storage}}, state) =>
      storage.candidates.get(state).map(({who}) => who),
    );
  }

  bondOf(name: AccountName): bigint | undefined {
    const account = this.#source.accounts.publicKey(name);
    const candidates = this.#read(({collatorSelection: {storage}}, state) =>
      storage.candidates.get(state),
    );
    return candidates.find(({who}) => equalBytes(who, account))?.deposit;
  }

  balanceOf(name: AccountName): Balance {
    const account = this.#source.accounts.publicKey(name);
    const {nonce, data} = this.#read(({system}, state) =>
      system.storage.account.get(state, account),
    );
    return {free: data.free, reserved: data.reserved, nonce};
  }

  issuance(): {readonly total: bigint; readonly held: bigint} {
    return this.#read(({balances, system}, state) => {
      const {account} = system.storage;
      let held = 0n;
      for (let key = state.nextKey(account.prefix); key?.startsWith(account.prefix); ) {
        const {data} = decodeTrusted(account.entry.value as Codec<AccountInfo>, state.get(key)!);
        held += data.free + data.reserved;
        key = state.nextKey(key);
      }
      return {total: balances.storage.totalIssuance.get(state), held};
    });
  }

  events(of = ""): TestEvent[] {
    const reader = new EventReader(this.#source.runtime, this.#source.accounts);
    return this.#read(({system}, state) => system.storage.events.get(state))
      .map(record => reader.read(record))
      .filter(({name}) => of === "" || name === of || name.startsWith(`${of}.`));
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

  #read<T>(read: (runtime: CollatorChain, state: Overlay) => T): T {
    return read(this.#source.runtime, new Overlay(this.#state));
  }

  #names(read: (runtime: CollatorChain, state: Overlay) => readonly Uint8Array[]): string[] {
    return this.#read(read).map(account => this.#source.accounts.nameOf(account));
  }
}

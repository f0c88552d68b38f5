import assert from "node:assert/strict";
import {
  type BinaryString,
  binaryToHex,
  bytesToBinary,
  bytesToHex,
  slot as slotOf,
  unwrap,
  utf8Bytes,
} from "#base";
import {preDigest} from "#consensus";
import type {KeyPair} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {
  decodeCall,
  findItem,
  readEvents,
  readStored,
  signExtrinsic,
  signerOf,
  storageKey,
} from "#description";
import type {Header} from "#primitives";
import {type CollatorChain, createRuntime} from "#runtime";
import {initializeBlock, type Runtime, type RuntimeHost} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import {composeGargantuan} from "../../vectors/gargantuan.ts";
import {composeRhala} from "../../vectors/rhala.ts";
import {GenuineChain, hashing} from "./genuine-chain.ts";
import {RandomCalls} from "./random-calls.ts";

export interface Pair {
  readonly specName: string;
  readonly specVersion: number;
  readonly compose: () => CollatorChain;
  readonly existential: bigint;
  /** What of the shared pallets is compared otherwise or not at all: see tests/vectors/DIFFERENCES.md. */
  readonly notCompared: readonly string[];
  /** What hooks of pallets that are not shared write: beginnings of blocks are compared without. */
  readonly ofHooks: readonly string[];
  readonly accountData: object;
}

const FREE = 10n ** 18n;
export const PAIRS: readonly Pair[] = [
  {
    specName: "rhala",
    specVersion: 1241,
    compose: () => composeRhala(hashing),
    existential: 10_000_000_000n,
    notCompared: ["Balances.InactiveIssuance"],
    ofHooks: ["System.BlockWeight", "System.Digest"],
    accountData: {free: String(FREE), reserved: 0, miscFrozen: 0, feeFrozen: 0},
  },
  {
    specName: "hyperbridge",
    specVersion: 100,
    compose: () => composeGargantuan(hashing),
    existential: 1_000_000_000n,
    notCompared: [],
    ofHooks: ["System.BlockWeight", "System.Digest"],
    accountData: {free: String(FREE), reserved: 0, frozen: 0, flags: String(1n << 127n)},
  },
];

const crypto = await createNativeCrypto();
export const NAMES = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];
export const signers: readonly KeyPair[] = NAMES.map(name =>
  unwrap(crypto.keyPairs.fromUri("sr25519", `//${name}`)),
);
const accounts = [...signers.map(({publicKey}) => publicKey), new Uint8Array(32).fill(9)];

/** The block has its time already; and new code is the relay chain's affair on chains that have one. */
const NOT_CALLED = ["Timestamp.set", "System.set_code", "System.set_code_without_checks"];

/** What a runtime made of a step, as far as both could have made it. */
export interface Outcome {
  readonly answer: string;
  readonly storage: ReadonlyMap<string, string>;
  readonly events: readonly string[];
}

/** One genuine runtime and ours of the same pallets, over the same states. */
export class Differential {
  readonly chain: GenuineChain;
  readonly ours: CollatorChain;
  readonly #runtimes: {readonly genuine: Runtime; readonly ours: Runtime};
  readonly #pair: Pair;
  /** What keys of shared pallets begin with. */
  readonly #prefixes: ReadonlyMap<BinaryString, string>;
  readonly #notCompared: readonly BinaryString[];
  readonly callable: ReadonlySet<string>;

  constructor(text: string, pair: Pair) {
    this.#pair = pair;
    this.ours = pair.compose();
    const account = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data: pair.accountData};
    const ids = signers.map(({publicKey}) => bytesToHex(publicKey));
    const named = {
      Sudo: {Key: ids[0]},
      System: {Account: ids.map(id => [[id], account])},
      Balances: {TotalIssuance: String(20n * FREE)},
    };
    this.chain = new GenuineChain(text, {named});
    this.#runtimes = {genuine: this.chain.runtime, ours: createRuntime(this.ours)};
    const shared = this.ours.composition.pallets.filter(({name}) =>
      this.chain.description.pallets.some(pallet => pallet.name === name),
    );
    this.#prefixes = new Map(
      shared.map(({name}) => [bytesToBinary(hashing.twox128(utf8Bytes(name))), name] as const),
    );
    this.#notCompared = [
      "System.Events",
      "System.EventCount",
      "System.EventTopics",
      ...pair.notCompared,
    ].map(name => this.#prefixOf(name));
    this.callable = new Set(
      shared.flatMap(({name, calls = []}) => calls.map(call => `${name}.${call.name}`)),
    );
  }

  random(seed: number): RandomCalls {
    const {existential} = this.#pair;
    return new RandomCalls(
      {
        description: this.chain.description,
        accounts,
        amounts: [existential, 10n * existential, FREE / 2n, FREE, 16n * 10n ** 12n],
        isCalled: name => this.callable.has(name) && !NOT_CALLED.includes(name),
      },
      seed,
    );
  }

  /** A state in the middle of a block of the genuine runtime's: its inherents are in. */
  openBlock(): StateView {
    const {chain} = this;
    const slot = Math.floor(1_700_000_000_000 / chain.slotDuration);
    const {after} = chain.makeBlock(slot);
    chain.head = after;
    const host = chain.host(after.state);
    unwrap(initializeBlock(chain.runtime, host, this.opening(after.header.number + 1)));
    return host.state.outcome(chain.stateVersion).state;
  }

  /** Of a block on the head, or of one that is said to stand so high; the slot after the head's. */
  opening(number: number): Header {
    const {chain} = this;
    const nothing = new Uint8Array(32);
    const slot = Math.floor(1_700_000_000_000 / chain.slotDuration) + 1;
    return {
      parentHash: chain.hashOf(chain.head.header),
      number,
      stateRoot: nothing,
      extrinsicsRoot: nothing,
      digest: [preDigest(slotOf(slot))],
    };
  }

  extrinsic(state: StateView, signer: KeyPair, call: Uint8Array, {ahead = 0, tip = 0n} = {}) {
    const item = findItem(this.chain.description, "System.Account")!;
    const key = unwrap(storageKey(item, [signer.publicKey], hashing));
    const read = readStored(item, state.get(key));
    const {nonce} = (read.kind === "value" ? read.value : {nonce: 0}) as {nonce: number};
    const {version} = this.chain.runtime;
    const facts = {
      nonce: nonce + ahead,
      tip,
      genesisHash: this.chain.hashOf(this.chain.genesis.header),
      specVersion: version.specVersion,
      transactionVersion: version.transactionVersion,
    };
    return unwrap(
      signExtrinsic(this.chain.description, call, signerOf(signer, hashing), facts, hashing),
    );
  }

  /** The same call of both, each over the state; and the state that the genuine one leaves. `alsoNot`: items not compared. */
  both(
    state: StateView,
    name: string,
    args: Uint8Array,
    alsoNot: readonly string[] = [],
  ): {genuine: Outcome; ours: Outcome; next: StateView} {
    const run = (runtime: Runtime): {outcome: Outcome; next: StateView} => {
      const overlay = new Overlay(state);
      const host: RuntimeHost = {
        state: overlay,
        verifySignature: this.chain.host(this.chain.head.state).verifySignature,
      };
      overlay.begin();
      const answer = runtime.call(name, args, host);
      const hasApplied = answer.ok && (answer.value.length === 0 || answer.value[0] === 0);
      if (hasApplied) overlay.commit();
      else overlay.rollback();
      const storage = this.#changed(state, overlay, alsoNot);
      const told = answer.ok ? bytesToHex(answer.value) : "trap";
      return {
        outcome: {answer: told, storage, events: this.#events(overlay)},
        next: overlay.outcome(this.chain.stateVersion).state,
      };
    };
    const genuine = run(this.#runtimes.genuine);
    return {genuine: genuine.outcome, ours: run(this.#runtimes.ours).outcome, next: genuine.next};
  }

  /** What is other than it was, of shared pallets; writing what was there is no change. */
  #changed(before: StateView, overlay: Overlay, alsoNot: readonly string[]): Map<string, string> {
    const not = [...this.#notCompared, ...alsoNot.map(name => this.#prefixOf(name))];
    const storage = new Map<string, string>();
    for (const [key, value] of overlay.changes()) {
      const pallet = this.#prefixes.get(key.slice(0, 16));
      if (pallet === undefined || not.some(prefix => key.startsWith(prefix))) continue;
      const shown = (one: Uint8Array | undefined) =>
        one === undefined ? "nothing" : bytesToHex(one);
      if (shown(before.get(key)) === shown(value)) continue;
      storage.set(`${pallet} ${binaryToHex(key)}`, shown(value));
    }
    return storage;
  }

  #prefixOf(name: string): BinaryString {
    return unwrap(storageKey(findItem(this.chain.description, name)!, [], hashing));
  }

  /** Of shared pallets, as the genuine chain describes them. */
  #events(state: Overlay): string[] {
    const bytes = state.get(this.#prefixOf("System.Events"));
    if (bytes === undefined || bytes.length === 0) return [];
    const {events, rest} = unwrap(readEvents(this.chain.description, bytes));
    assert.equal(rest, undefined);
    const names = new Set(this.#prefixes.values());
    return events
      .filter(({pallet}) => names.has(pallet))
      .map(event =>
        JSON.stringify(event, (_, value) =>
          typeof value === "bigint"
            ? String(value)
            : value instanceof Uint8Array
              ? bytesToHex(value)
              : value,
        ),
      );
  }

  named(call: Uint8Array): string {
    const decoded = decodeCall(this.chain.description, call);
    return decoded.ok
      ? JSON.stringify(decoded.value, (_, value) =>
          typeof value === "bigint"
            ? String(value)
            : value instanceof Uint8Array
              ? bytesToHex(value)
              : value,
        )
      : bytesToHex(call);
  }
}

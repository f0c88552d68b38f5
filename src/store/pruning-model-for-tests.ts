import assert from "node:assert/strict";
import {type BinaryString, bytesToBinary, concatBytes, unwrap} from "#base";
import {PARAMETERS_KEY} from "#primitives";
import {memoryState, Overlay, type StateView} from "#state";
import {heldPlaces, type NodeSource, type Place} from "#trie";
import {hash, u32} from "./chain-for-tests.ts";
import type {ChainStore} from "./chain-store.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import type {NewBlock} from "./new-block.ts";
import {dropsForks, lowestKept, type PruningPolicy} from "./pruning-policy.ts";

/** Beside the chain that is tested: every state that ever was, as plain maps, and what the policies of its life leave of them. */

type Entries = ReadonlyMap<BinaryString, Uint8Array>;

interface ModelBlock {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parent: ModelBlock | undefined;
  readonly top: Entries;
  readonly child: Entries;
  /** All places that the state stands on, noted when it was kept; and those on the way to a pallet. */
  readonly places: ReadonlySet<Place>;
  readonly spared: ReadonlyMap<BinaryString, ReadonlySet<Place>>;
  isDead: boolean;
  pallets: readonly BinaryString[];
}

/** One key is written, cleared, or written in the child trie; `kind` says which, `value` one of a few contents. */
export interface Edit {
  readonly kind: "top" | "child" | "pallet" | "code";
  readonly key: number;
  readonly value: number;
}

const CHILD = "a child";
export const PALLET = {name: "Staking", prefix: "\x5f\x3e\x49\x07"};
export const OTHER = {name: "Balances", prefix: "\x5f\x3e\x11"};
const PALLETS = [PALLET, OTHER];

/** Contents that come and go and come again; most are kept outside their nodes. */
const contentOf = (value: number): Uint8Array | undefined =>
  value === 0 ? undefined : new Uint8Array(value % 2 === 0 ? 40 : 8).fill(value);

const keyOf = ({kind, key}: Edit): BinaryString => {
  if (kind === "code") return key % 2 === 0 ? ":code" : PARAMETERS_KEY;
  const spread = bytesToBinary(hash(u32(key)).subarray(0, 6));
  return kind === "pallet" ? PALLETS[key % 2]!.prefix + spread : spread;
};

export function modelGenesis(): NewBlock {
  const top: [BinaryString, Uint8Array][] = [[":code", new Uint8Array(50)]];
  for (let i = 0; i < 40; i++) top.push([bytesToBinary(hash(u32(1_000 + i))), u32(i)]);
  const state = memoryState(top, hash, 1, [[CHILD, [["first", u32(0)]]]]);
  const header = concatBytes(u32(0), state.root());
  const parentHash = new Uint8Array(32);
  return {hash: hash(header), number: 0, parentHash, header, body: [], state};
}

export class PruningModel {
  readonly blocks: ModelBlock[] = [];
  floor = 0;
  policy: PruningPolicy;
  finalized: ModelBlock;
  #salt = 0;

  constructor(chain: ChainStore, store: KeyValueStore, policy: PruningPolicy) {
    this.policy = policy;
    this.finalized = this.#note(chain, store, chain.genesis.hash, undefined, {
      top: new Map(chain.stateAt(chain.genesis.hash)!.entries()),
      child: new Map(chain.stateAt(chain.genesis.hash)!.child(CHILD).entries()),
    });
  }

  /** Blocks that may be built on. */
  get alive(): readonly ModelBlock[] {
    return this.blocks.filter(block => isOn(block, this.finalized));
  }

  async extend(
    chain: ChainStore,
    store: KeyValueStore,
    on: number,
    edits: readonly Edit[],
  ): Promise<void> {
    const {alive} = this;
    const parent = alive[on % alive.length]!;
    const overlay = new Overlay(chain.stateAt(parent.hash)!);
    const top = new Map(parent.top);
    const child = new Map(parent.child);
    for (const edit of edits) {
      const key = keyOf(edit);
      const value =
        edit.kind === "code" ? new Uint8Array(50).fill(edit.value) : contentOf(edit.value);
      const [into, written] =
        edit.kind === "child" ? [child, overlay.child(CHILD)] : [top, overlay];
      if (value === undefined) {
        into.delete(key);
        written.remove(key);
      } else {
        into.set(key, value);
        written.set(key, value);
      }
    }
    const number = parent.number + 1;
    const {state} = overlay.outcome(1);
    const header = concatBytes(u32(number), parent.hash, state.root(), u32(this.#salt++));
    const block = {
      hash: hash(header),
      number,
      parentHash: parent.hash,
      header,
      body: [header],
      state,
    };
    const best = number > chain.best.number;
    unwrap(chain.commit(block, {best}));
    await chain.flushed();
    for (const [key] of [...top]) if (key.startsWith(":child_storage:")) top.delete(key);
    this.#note(chain, store, block.hash, parent, {top, child});
  }

  finalize(chain: ChainStore, which: number): void {
    const {alive} = this;
    const block = alive[which % alive.length]!;
    unwrap(chain.finalize(block.hash));
    this.finalized = block;
    const highest = this.alive.reduce((a, b) => (b.number > a.number ? b : a));
    unwrap(chain.setBest(highest.hash));
  }

  /** What has to be gone once all that is to do is done. */
  settle(): void {
    const {states, pallets} = this.policy;
    const lowest = lowestKept(states, this.finalized.number);
    for (const block of this.blocks) {
      const isDead = !isOn(block, this.finalized) && !isOn(this.finalized, block);
      if (isDead && dropsForks(states)) block.isDead = true;
      const isFinal = isOn(this.finalized, block);
      if (isFinal && block.number < lowest && !this.#isGone(block)) {
        block.pallets = pallets.map(({prefix}) => prefix);
      }
    }
    this.floor = Math.max(this.floor, lowest);
  }

  /** Compares all that is kept, and that nothing else is. `store`: what the chain is kept in, all of it written. */
  check(chain: ChainStore, store: KeyValueStore): void {
    const places = new Set<Place>();
    for (const block of this.blocks) {
      const state = chain.stateAt(block.hash);
      const record = chain.blocks.record(block.hash)!;
      if (this.#isGone(block)) {
        assert.equal(state, undefined, `the state of ${block.number} is refused`);
        const spared = chain.pruning.spared(record);
        assert.deepEqual(
          spared?.pallets.map(({prefix}) => prefix) ?? [],
          block.isDead ? [] : block.pallets,
        );
        for (const {prefix} of spared?.pallets ?? []) {
          const expected = [...block.top].filter(([key]) => key.startsWith(prefix)).sort(byKey);
          assert.deepEqual([...spared!.state.entries(prefix)], expected);
          if (!block.isDead) for (const place of block.spared.get(prefix)!) places.add(place);
        }
        const runtime = chain.pruning.runtimeAlone(record);
        assert.deepEqual(runtime?.get(":code"), block.top.get(":code"));
        assert.deepEqual(runtime?.get(PARAMETERS_KEY), block.top.get(PARAMETERS_KEY));
        continue;
      }
      assert.ok(state !== undefined, `the state of ${block.number} is kept`);
      assertWhole(block, state);
      assertWhole(block, chain.indexed(block, state));
      for (const place of block.places) places.add(place);
    }
    const kept = [...entriesOf(store, "s"), ...entriesOf(store, "w")];
    assert.deepEqual(new Set(kept), places, "what is stored is what kept states stand on");
  }

  /** Whatever is under way: a state that can be had is whole, and those that have to be kept can be had. */
  checkReadable(chain: ChainStore, isPinned: (block: Uint8Array) => boolean): void {
    for (const block of this.blocks) {
      const state = chain.stateAt(block.hash);
      if (state !== undefined) assertWhole(block, state);
      if (state !== undefined) assertWhole(block, chain.indexed(block, state));
      const isNeeded = isOn(block, this.finalized) || isPinned(block.hash);
      if (isNeeded && !this.#isGone(block)) assert.ok(state !== undefined);
    }
  }

  #isGone(block: ModelBlock): boolean {
    return block.isDead || block.number < this.floor;
  }

  #note(
    chain: ChainStore,
    store: KeyValueStore,
    hashOf: Uint8Array,
    parent: ModelBlock | undefined,
    {top, child}: {top: Map<BinaryString, Uint8Array>; child: Map<BinaryString, Uint8Array>},
  ): ModelBlock {
    for (const [key] of [...top]) if (key.startsWith(":child_storage:")) top.delete(key);
    const {number, statePlace, stateRoot} = chain.blocks.record(hashOf)!;
    const stored = {place: statePlace, root: stateRoot};
    const placesOf = (prefixes: readonly BinaryString[] = []) =>
      new Set([...heldPlaces(sourceOf(store), stored, () => false, prefixes)].map(h => h.place));
    const places = placesOf();
    const spared = new Map(PALLETS.map(({prefix}) => [prefix, minus(places, placesOf([prefix]))]));
    const block = {
      hash: hashOf,
      number,
      parent,
      top,
      child,
      places,
      spared,
      isDead: false,
      pallets: [],
    };
    this.blocks.push(block);
    return block;
  }
}

function assertWhole(block: ModelBlock, state: StateView): void {
  const entries = [...state.entries()].filter(([key]) => !key.startsWith(":child_storage:"));
  assert.deepEqual(entries, [...block.top].sort(byKey), `all of ${block.number} is there`);
  assert.deepEqual([...state.child(CHILD).entries()], [...block.child].sort(byKey));
}

const minus = <T>(all: ReadonlySet<T>, some: ReadonlySet<T>): Set<T> =>
  new Set([...all].filter(one => !some.has(one)));

const byKey = (a: readonly [string, unknown], b: readonly [string, unknown]) =>
  a[0] < b[0] ? -1 : 1;

/** Whether one block is another one or follows from it. */
function isOn(block: ModelBlock, ancestor: ModelBlock): boolean {
  let at: ModelBlock | undefined = block;
  while (at !== undefined && at.number > ancestor.number) at = at.parent;
  return at === ancestor;
}

const sourceOf = (store: KeyValueStore): NodeSource => ({
  node: place => store.get(keys.node(place)),
  value: (_key, _hash, place) => store.get(keys.value(place)),
});

function* entriesOf(store: KeyValueStore, kind: string): Generator<Place> {
  const to = String.fromCharCode(kind.charCodeAt(0) + 1);
  for (const [key] of store.range({from: kind, to})) {
    const bytes = Uint8Array.from(key.slice(1), char => char.charCodeAt(0));
    yield bytes.reduce((place, byte) => place * 256 + byte, 0);
  }
}

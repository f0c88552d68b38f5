import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary} from "#base";
import {createPortableHashing} from "#crypto";
import {DEFAULT_CHILD_PREFIX} from "#primitives";
import {type Change, type StateVersion, sortChanges} from "./edits.ts";
import {memorySource} from "./memory-source.ts";
import type {StateStart} from "./prove-state-range.ts";
import {StateBuilder, type StateRow} from "./state-builder.ts";
import {decodeStateMemory, encodeStateMemory} from "./state-memory.ts";
import {type StateSection, stateRows} from "./state-rows.ts";
import {Trie} from "./trie.ts";

const hash = createPortableHashing().blake2b256;

/** Few different bytes and few lengths, so that keys are often prefixes and neighbours of each other. */
const keys = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xff), {minLength: 1, maxLength: 5})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
const values = fc.oneof(
  fc.uint8Array({maxLength: 4}),
  fc.uint8Array({minLength: 31, maxLength: 34}),
  fc.constant(new Uint8Array(70).fill(7)),
);
const entries = (maxKeys: number) =>
  fc.dictionary(keys, values, {maxKeys}).map(byKey => sortChanges(Object.entries(byKey)));
const versions = fc.constantFrom<StateVersion>(0, 1);

interface State {
  readonly top: Trie;
  readonly children: ReadonlyMap<BinaryString, Trie>;
}

/** Some values were written before state version 1 came, and some after. */
const states = fc
  .record({
    before: entries(20),
    after: entries(20),
    version: versions,
    children: fc.dictionary(keys, entries(12), {maxKeys: 3}),
  })
  .map(({before, after, version, children}): State => {
    const tries = new Map(
      Object.entries(children)
        .map(([name, own]) => [name, Trie.empty(hash).update(own, version)] as const)
        .filter(([, trie]) => !trie.isEmpty)
        .map(([name, trie]) => [DEFAULT_CHILD_PREFIX + name, trie] as const),
    );
    const roots = [...tries].map(([key, trie]): Change => [key, trie.root()]);
    const top = Trie.empty(hash)
      .update(before, 0)
      .update(sortChanges([...new Map([...after, ...roots])]), version);
    return {top, children: tries};
  });
const sizes = fc.constantFrom(1, 50, 200, 100_000);

const childAt =
  ({children}: State) =>
  (key: BinaryString) =>
    children.get(key)!;

function sections(state: State, size: number): StateSection[] {
  const all: StateSection[] = [];
  let start: StateStart = [];
  for (let isComplete = false; !isComplete; ) {
    const section = stateRows(state.top, childAt(state), start, size);
    assert.ok(section !== undefined);
    all.push(section);
    ({next: start, isComplete} = section);
  }
  return all;
}

function sinkOf(store: ReturnType<typeof memorySource>) {
  return {
    next: store.placing.next,
    node: (place: number, record: Uint8Array) =>
      store.add({nodes: [{place, record}], values: [], root: 0}),
    value: (place: number, bytes: Uint8Array) =>
      store.add({nodes: [], values: [{place, bytes: bytes.slice()}], root: 0}),
  };
}

test("a state comes over in sections of any size, each held against the root, and is stored as it was", () => {
  fc.assert(
    fc.property(states, sizes, (state, size) => {
      const store = memorySource();
      let builder = new StateBuilder(hash, state.top.root(), sinkOf(store));
      for (const {rows, edge} of sections(state, size)) {
        for (const row of rows) assert.ok(builder.add(row).ok);
        assert.deepEqual(builder.check(edge), {ok: true, value: undefined});
        // As after a restart.
        builder = new StateBuilder(
          hash,
          state.top.root(),
          sinkOf(store),
          decodeStateMemory(encodeStateMemory(builder.memory())),
        );
      }
      const place = builder.finish();
      assert.ok(place.ok);
      const copy = Trie.open(hash, store, state.top.root(), place.value);
      assert.deepEqual([...copy.entries()], [...state.top.entries()]);
      for (const [key, trie] of state.children) {
        const child = Trie.open(hash, store, trie.root(), copy.childPlace(key));
        assert.deepEqual([...child.entries()], [...trie.entries()]);
      }
      // The records are those of a state that was stored in one go.
      const again = Trie.open(hash, store, state.top.root(), place.value);
      for (const [key] of state.top.entries())
        assert.deepEqual(again.prove([key]), state.top.prove([key]));
    }),
    {numRuns: 1_000},
  );
});

test("a section whose rows were touched anywhere is refused at that section", () => {
  const how = fc.constantFrom("value", "drop", "form", "key");
  fc.assert(
    fc.property(states, sizes, fc.nat(), fc.nat(), how, (state, size, nth, at, way) => {
      const all = sections(state, size);
      const spoilt = nth % all.length;
      const {rows, edge} = all[spoilt]!;
      fc.pre(rows.length > 0);
      const index = at % rows.length;
      const row = rows[index]!;
      const others = spoil(rows, index, row, way);
      fc.pre(others !== undefined);
      const builder = new StateBuilder(hash, state.top.root(), sinkOf(memorySource()));
      for (const section of all.slice(0, spoilt)) {
        for (const one of section.rows) assert.ok(builder.add(one).ok);
        assert.ok(builder.check(section.edge).ok);
      }
      const taken = others!.every(one => builder.add(one).ok) && builder.check(edge).ok;
      assert.equal(taken, false);
    }),
    {numRuns: 2_000},
  );
});

test("an edge that was touched anywhere is refused", () => {
  fc.assert(
    fc.property(states, fc.nat(), fc.nat(), fc.boolean(), (state, nth, at, isDropped) => {
      const [first] = sections(state, 1);
      const edge = first!.edge.top;
      fc.pre(edge.length > 0);
      const index = nth % edge.length;
      const branch = edge[index]!;
      const children = branch.children.map(([n, reference]) => [n, reference.slice()] as const);
      const child = at % children.length;
      if (isDropped) children.splice(child, 1);
      else children[child]![1][at % children[child]![1].length]! ^= 1;
      const spoilt = edge.map((one, i) => (i === index ? {...branch, children} : one));
      const builder = new StateBuilder(hash, state.top.root(), sinkOf(memorySource()));
      for (const row of first!.rows) assert.ok(builder.add(row).ok);
      assert.equal(builder.check({...first!.edge, top: spoilt}).ok, false);
    }),
    {numRuns: 1_000},
  );
});

function spoil(
  rows: readonly StateRow[],
  index: number,
  row: StateRow,
  way: string,
): StateRow[] | undefined {
  const others = [...rows];
  if (way === "drop") others.splice(index, 1);
  else if (row.kind === "end") return undefined;
  else if (way === "value") others[index] = {...row, value: Uint8Array.of(...row.value, 1)};
  else if (way === "key") others[index] = {...row, key: `${row.key}\u0001`};
  else if (row.kind === "child") others[index] = {...row, kind: "inline"};
  else others[index] = {...row, kind: row.kind === "inline" ? "hashed" : "inline"};
  return others;
}

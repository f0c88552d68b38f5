import assert from "node:assert/strict";
import {describe, test} from "node:test";
import fc from "fast-check";
import {bytesToHex} from "#base";
import {type Externalities, NoTransaction} from "./externalities.ts";
import {memoryState} from "./memory-state.ts";
import {assertSame, type Base, bases, hash, Model, steps, take} from "./model-for-tests.ts";

/** Externalities over a state with these entries, fresh each time, and how to be done with them. */
export type MakeExternalities = (base: Base) => Promise<{
  readonly state: Externalities;
  close?(): Promise<void>;
}>;

const one = Uint8Array.of(1);
const long = new Uint8Array(100).fill(9);
/** Keys that lie around each other, an empty value, and one too long to stand in its node. */
const BASE: Base = {
  top: [
    [":code", long],
    ["a", one],
    ["ab", new Uint8Array(0)],
    ["ac", long],
    ["b", Uint8Array.of(8, 1, 2)],
  ],
  children: [
    [
      "x",
      [
        ["a", one],
        ["ab", long],
        ["b", one],
      ],
    ],
  ],
};
const NOTHING = {loops: 0, backend: 0, unique: 0, remaining: false};

/** What holds of any `Externalities`, over whatever view of a state. */
export function externalitiesCompliance(name: string, make: MakeExternalities): void {
  const over = async (base: Base, work: (state: Externalities) => void) => {
    const {state, close} = await make(base);
    try {
      work(state);
    } finally {
      await close?.();
    }
  };
  const holds = (what: string, work: (state: Externalities) => void) =>
    test(what, () => over(BASE, work));

  describe(`externalities: ${name}`, () => {
    holds("what is stored is read, what is not is not, and an empty value is a value", state => {
      assert.deepEqual(state.get("a"), one);
      assert.deepEqual(state.get("ac"), long);
      assert.deepEqual([state.has("ab"), state.get("ab")], [true, new Uint8Array(0)]);
      assert.deepEqual([state.has("aa"), state.get("aa")], [false, undefined]);
    });

    holds("keys come in order, written ones among stored ones, removed ones left out", state => {
      state.set("aa", one);
      state.remove("ab");
      state.set("c", one);
      const keys: string[] = [];
      for (let key = state.nextKey("a"); key !== undefined; key = state.nextKey(key))
        keys.push(key);
      assert.deepEqual(keys, ["aa", "ac", "b", "c"]);
      assert.equal(state.nextKey("ab"), "ac");
    });

    holds("an append continues a list, and starts one where there is none", state => {
      state.append("b", Uint8Array.of(3));
      assert.deepEqual(state.get("b"), Uint8Array.of(12, 1, 2, 3));
      state.append("new", Uint8Array.of(3));
      assert.deepEqual(state.get("new"), Uint8Array.of(4, 3));
      state.append("ab", Uint8Array.of(3));
      assert.deepEqual(state.get("ab"), Uint8Array.of(4, 3));
    });

    holds("a transaction that is undone leaves no trace, in no trie", state => {
      const root = state.root(0);
      state.begin();
      state.set("a", long);
      state.append("b", one);
      state.child("x").kill();
      state.child("new").set("k", one);
      state.begin();
      state.remove("a");
      state.commit();
      assert.equal(state.has("a"), false);
      state.rollback();
      assert.deepEqual(state.get("a"), one);
      assert.deepEqual(state.child("x").get("a"), one);
      assert.equal(state.child("new").has("k"), false);
      assert.deepEqual(state.root(0), root);
    });

    holds("a transaction that is kept belongs to the one around it", state => {
      state.begin();
      state.begin();
      state.set("a", long);
      state.child("x").remove("a");
      state.commit();
      assert.deepEqual([state.get("a"), state.child("x").has("a")], [long, false]);
      state.rollback();
      assert.deepEqual([state.get("a"), state.child("x").has("a")], [one, true]);
    });

    holds("a transaction is ended by whoever began it, and a trap ends those left open", state => {
      assert.throws(() => state.commit(), NoTransaction);
      state.begin();
      state.set("host", one);
      const trap = new Error("trap");
      const call = () => {
        assert.equal(state.depth, 0);
        assert.throws(() => state.commit(), NoTransaction);
        assert.throws(() => state.rollback(), NoTransaction);
        state.begin();
        state.begin();
        state.set("call", one);
        state.child("x").set("call", one);
        throw trap;
      };
      assert.throws(() => state.fenced(call), trap);
      assert.equal(state.depth, 1);
      assert.deepEqual([state.has("host"), state.has("call")], [true, false]);
      assert.equal(state.child("x").has("call"), false);
      state.rollback();
      assert.equal(state.has("host"), false);
    });

    holds("clearing counts keys of the state below, and takes written ones for nothing", state => {
      state.set("aa", one);
      state.remove("a");
      const first = {loops: 2, backend: 1, unique: 2, remaining: true};
      assert.deepEqual(state.clearPrefix("a", 2), first);
      assert.equal(state.nextKey("a"), "ac");
      const rest = {loops: 3, backend: 1, unique: 1, remaining: false};
      assert.deepEqual(state.clearPrefix("a", 3), rest);
      assert.deepEqual(state.clearPrefix("z"), NOTHING);
      assert.deepEqual(state.clearPrefix("b", 0), {...NOTHING, remaining: true});
    });

    holds("roots of child tries are out of reach of writes to the top trie", state => {
      const root = state.root(0);
      const key = ":child_storage:default:x";
      state.set(key, one);
      state.remove(key);
      for (const prefix of ["", ":", ":child_storage:", key]) {
        assert.deepEqual(state.clearPrefix(prefix), NOTHING, prefix);
      }
      assert.deepEqual(state.root(0), root);
      assert.deepEqual(state.child("x").get("a"), one);
    });

    holds("child tries are apart from each other and from the top trie", state => {
      const [x, y] = [state.child("x"), state.child("y")];
      y.set("a", long);
      x.set("aa", one);
      assert.deepEqual([x.get("a"), y.get("a"), state.get("a")], [one, long, one]);
      assert.deepEqual(
        [x.nextKey("a"), y.nextKey("a"), state.nextKey("a")],
        ["aa", undefined, "ab"],
      );
      assert.deepEqual(state.child("y").get("a"), long);
    });

    holds("a child trie is killed a part at a time, and is gone when it is empty", state => {
      const x = state.child("x");
      x.set("fresh", one);
      assert.deepEqual(x.kill(2), {loops: 2, backend: 2, unique: 3, remaining: true});
      assert.deepEqual(x.nextKey(""), "b");
      assert.deepEqual(x.kill(), {loops: 3, backend: 1, unique: 1, remaining: false});
      assert.deepEqual(x.root(0), hash(Uint8Array.of(0)));
      assert.deepEqual(state.root(0), memoryState(BASE.top, hash).root());
      x.set("again", one);
      const again = [["x", [["again", one]]]] as const;
      assert.deepEqual(state.root(0), memoryState(BASE.top, hash, 0, again).root());
    });

    for (const version of [0, 1] as const) {
      holds(`the root is that of the state made anew, in layout ${version}`, state => {
        // Each with its value again: a layout is that of what is written, not of what lies below.
        const entries = [...BASE.top, ["new", long]] as const;
        const child = [...BASE.children[0]![1], ["new", long]] as const;
        for (const [key, value] of entries) state.set(key, value.slice());
        for (const [key, value] of child) state.child("x").set(key, value.slice());
        const expected = memoryState(entries, hash, version, [["x", child]]);
        assert.deepEqual(state.child("x").root(version), expected.child("x").root());
        assert.deepEqual(state.root(version), expected.root());
      });
    }

    test("whatever is done, it is what a model of maps comes to", async () => {
      await fc.assert(
        fc.asyncProperty(bases, fc.array(steps, {maxLength: 25}), (base, sequence) =>
          over(base, state => {
            const model = new Model(base);
            for (const step of sequence) take(step, model, state);
            assertSame(model, state);
            assert.equal(bytesToHex(state.root(0)), bytesToHex(model.state().root()));
          }),
        ),
        {numRuns: 40},
      );
    });
  });
}

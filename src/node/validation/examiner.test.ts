import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, err, ok, seededRandom} from "#base";
import {type Answer, entries, keys, packed, questions, unpacked} from "./messages.ts";
import {
  type Call,
  examinerOf,
  judged,
  NO_ENTRIES,
  refused,
  runtimesOf,
  signed,
} from "./test-kit/scripted-examiner.ts";

const NOT_HERE = {type: "NotHere", value: undefined};
const priorityOf = (verdict: Answer["verdict"]) =>
  verdict.type === "Judged" && verdict.value.ok ? Number(verdict.value.value.priority) : verdict;

test("a runtime is told the source, the bytes and the block of the question", async () => {
  const seen: unknown[] = [];
  const {begin, ask, verdicts} = examinerOf(
    runtimesOf({
      call({source, tx, block}) {
        seen.push([source, [...tx], block[0]]);
        return judged(1);
      },
    }),
  );
  await begin(7, 0);
  await ask(7, [1, 2], "Local");
  await ask(7, [3], "External");
  assert.deepEqual(seen, [
    [1, [8, 1, 2], 7],
    [2, [4, 3], 7],
  ]);
  assert.equal(verdicts().length, 2);
});

test("each state has its own entries and code, whichever was asked about last", async () => {
  const reading = (by: number): {call: Call} => ({
    call: ({host}) => judged(by * (host.state.get("a")?.[0] ?? 0)),
  });
  const {begin, ask, give, end, needed, verdicts} = examinerOf(
    runtimesOf(reading(1), reading(100)),
  );
  await begin(1, 0);
  await begin(2, 1);
  await begin(3);
  const told = [ask(1, [0]), ask(2, [0]), ask(3, [0])];
  assert.deepEqual(await needed(), [
    [1, "a"],
    [2, "a"],
    [3, "a"],
  ]);
  await give(3, {a: 3});
  await give(1, {a: 1});
  await give(2, {a: 2});
  await Promise.all(told);
  assert.deepEqual(verdicts().map(priorityOf), [300, 1, 200]);
  await end(1);
  await ask(1, [0]);
  assert.equal(verdicts().length, 3, "nobody waits for what is asked about a state that ended");
});

test("questions that wait for entries have those that they asked for, the oldest first", async () => {
  const {begin, ask, give, needed, verdicts} = examinerOf(
    runtimesOf({call: ({tx, host}) => judged(host.state.get(`k${tx[1]}`)?.[0] ?? 0)}),
  );
  await begin(1, 0);
  const told = [ask(1, [5]), ask(1, [6])];
  assert.deepEqual(await needed(), [
    [1, "k5"],
    [1, "k6"],
  ]);
  await give(1, {k5: 50});
  await told[0];
  assert.deepEqual(verdicts().map(priorityOf), [50]);
  await give(1, {k6: 60});
  await told[1];
  assert.deepEqual(verdicts().map(priorityOf), [50, 60]);
});

test("who waits for entries of a state that ends is told that nothing was found out", async () => {
  const {begin, ask, end, verdicts} = examinerOf(
    runtimesOf({call: ({host}) => judged(host.state.get("a")?.[0] ?? 0)}),
  );
  await begin(1, 0);
  const told = ask(1, [0]);
  await end(1);
  await told;
  assert.deepEqual(verdicts(), [NOT_HERE]);
});

test("a runtime that asks for more each time is left alone after a while", async () => {
  let calls = 0;
  const {examiner, begin, ask, verdicts, posted} = examinerOf(
    runtimesOf({
      call({host}) {
        host.state.get(`k${calls++}`);
        return judged(1);
      },
    }),
  );
  await begin(1, 0);
  const told = ask(1, [0]);
  for (let given = 0; verdicts().length === 0; ) {
    const needs = posted.filter(({kind}) => kind === "need");
    if (needs.length > given) {
      given++;
      await examiner.take({kind: "entries", state: 1, entries: NO_ENTRIES});
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  await told;
  assert.equal(calls, 16);
  assert.deepEqual(verdicts(), [NOT_HERE]);
});

test("what a runtime fails over, says in words not known here or reads beyond single entries is not found out", async () => {
  const calls: Call[] = [
    () => err({code: "trap", name: "v", message: "panicked"}),
    () => ok(Uint8Array.of(1, 0, 200)),
    () => ok(Uint8Array.of(9)),
    ({host}) => judged(host.state.nextKey("a") === undefined ? 1 : 2),
  ];
  const {begin, ask, needed, verdicts} = examinerOf(
    runtimesOf({
      call(asked) {
        try {
          return calls[asked.tx[1]!]!(asked);
        } catch (error) {
          const facts = {key: undefined, child: undefined, path: "0x", hash: "0x"} as const;
          assert.ok(error instanceof Error);
          return err({code: "state-missing", name: "v", ...facts});
        }
      },
    }),
  );
  await begin(1, 0);
  for (let i = 0; i < calls.length; i++) await ask(1, [i]);
  // Of code that nothing here runs there is nothing to ask.
  await begin(2, 9);
  await ask(2, [0]);
  assert.deepEqual(verdicts(), [NOT_HERE, NOT_HERE, NOT_HERE, NOT_HERE, NOT_HERE]);
  assert.deepEqual(await needed(), []);
});

test("a call that was given up is said to be, and over a state that was not whole it is not tried again", async () => {
  let calls = 0;
  const {begin, ask, verdicts} = examinerOf(
    runtimesOf({
      call({tx, host}) {
        calls++;
        if (tx[1] === 1) host.state.get("a");
        return err({code: "given-up", name: "v", milliseconds: 60_000});
      },
    }),
  );
  await begin(1, 0);
  await ask(1, [0]);
  await ask(1, [1]);
  assert.deepEqual(verdicts(), [{type: "GivenUp", value: 60_000}, NOT_HERE]);
  assert.equal(calls, 2);
});

for (const takesPromises of [true, false]) {
  test(`a signature that does not hold ${takesPromises ? "settles it for a runtime that takes promises" : "is told to a runtime that wants the truth"}`, async () => {
    const {begin, ask, give, posted, answered} = examinerOf(
      runtimesOf({
        takesPromises,
        call({tx, host}) {
          if (signed(host, tx[1]!)) return judged(1);
          host.state.get("only with a bad one");
          return tx[2] === 1 ? refused : judged(9);
        },
      }),
    );
    await begin(1, 0);
    await ask(1, [1, 0]);
    await ask(1, [2, 1]);
    // What it reads over a bad signature alone is not known, and then nothing is found out; once it is, it is.
    const [good, unknown] = answered().map(({verdict}) => verdict);
    assert.equal(priorityOf(good!), 1);
    const badProof = {
      type: "Judged",
      value: err({type: "Invalid", value: {type: "BadProof", value: undefined}}),
    };
    assert.deepEqual(unknown, takesPromises ? badProof : NOT_HERE);
    await give(1, {"only with a bad one": undefined});
    await ask(1, [2, 1]);
    await ask(1, [2, 0]);
    const [payment, other] = answered()
      .slice(2)
      .map(({verdict}) => verdict);
    const paid = {
      type: "Judged",
      value: err({type: "Invalid", value: {type: "Payment", value: undefined}}),
    };
    assert.deepEqual(payment, takesPromises ? badProof : paid);
    assert.deepEqual(takesPromises ? other : priorityOf(other!), takesPromises ? badProof : 9);
    const remembered = posted.flatMap(message =>
      message.kind === "answers" ? message.signatures : [],
    );
    assert.deepEqual(
      remembered.map(text => text.charCodeAt(3)),
      [1],
      "only the good one",
    );
  });
}

test("however many entries a state has come by, what it keeps of them has an end", async () => {
  const {begin, ask, give, needed, verdicts} = examinerOf(
    runtimesOf({call: ({tx, host}) => judged(host.state.get(`k${tx[1]}`)?.[0] ?? 0)}),
  );
  await begin(1, 0);
  const many = Object.fromEntries(Array.from({length: 40_000}, (_, i) => [`k${i}`, i % 256]));
  await give(1, many);
  await ask(1, [1]);
  assert.deepEqual(await needed(), []);
  await give(1, {other: 1});
  const told = ask(1, [1]);
  assert.deepEqual(await needed(), [[1, "k1"]]);
  await give(1, {k1: 1});
  await told;
  assert.deepEqual(verdicts().map(priorityOf), [1, 1], "its code is still known");
});

test("in whatever order entries come, an answer is the one of the whole state", async () => {
  const random = seededRandom(7);
  const pick = (count: number) => Math.floor(random() * count);
  const walk: Call = ({tx, host}) => {
    let [sum, key] = [0, tx[1]!];
    for (let step = 0; step < tx[2]! % 8; step++) {
      const value = host.state.get(`k${key % 40}`)?.[0];
      sum = sum * 31 + (value ?? 300);
      key += value ?? 1;
      if (tx[3]! % 3 === 0) host.state.set(`k${key % 40}`, Uint8Array.of(sum % 256));
    }
    return judged(sum % 2 ** 20);
  };
  const {examiner, begin, posted, answered} = examinerOf(runtimesOf({call: walk}));
  const states = Array.from(
    {length: 4},
    () =>
      new Map(
        Array.from({length: 40}, (_, i) => [`k${i}`, random() < 0.6 ? pick(256) : undefined]),
      ),
  );
  await begin(0, 0);
  for (const state of [1, 2, 3]) await begin(state);
  const asked = Array.from({length: 400}, (_, id) => {
    const tx = Uint8Array.of(16, pick(256), pick(256), pick(256), 0);
    return {id, state: pick(4), source: "External" as const, tx};
  });
  const told = asked.map(({state, ...question}) =>
    examiner.take({kind: "ask", state, questions: packed(questions, [question])}),
  );
  // Of each state in its order, of all together in any.
  const given = [0, 0, 0, 0];
  const isOver = Promise.all(told).then(() => true);
  while (!(await Promise.race([isOver, new Promise(resolve => setImmediate(resolve, false))]))) {
    const state = pick(4);
    const needs = posted.filter(message => message.kind === "need" && message.state === state);
    const need = needs[given[state]!];
    if (need?.kind !== "need") continue;
    given[state]!++;
    const rows = unpacked(keys, need.keys).map((key): [Uint8Array, Uint8Array | undefined] => {
      const value = states[state]!.get(bytesToBinary(key));
      return [key, value === undefined ? undefined : Uint8Array.of(value)];
    });
    await examiner.take({kind: "entries", state, entries: packed(entries, rows)});
  }
  const found = new Map(answered().map(({id, verdict}) => [id, priorityOf(verdict)]));
  for (const {id, state, tx} of asked) {
    const written = new Map(states[state]!);
    let [sum, key] = [0, tx[1]!];
    for (let step = 0; step < tx[2]! % 8; step++) {
      const value = written.get(`k${key % 40}`);
      sum = sum * 31 + (value ?? 300);
      key += value ?? 1;
      if (tx[3]! % 3 === 0) written.set(`k${key % 40}`, sum % 256);
    }
    assert.equal(found.get(id), sum % 2 ** 20, `question ${id}`);
  }
});

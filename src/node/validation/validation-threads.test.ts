import assert from "node:assert/strict";
import {test} from "node:test";
import {err, millis, ok, silentLogger, VirtualClock} from "#base";
import type {ElsewhereAsked} from "#core";
import {CODE_KEY} from "#primitives";
import type {StateView} from "#state";
import {TrieFault} from "#trie";
import {yieldThread} from "../yield-thread.ts";
import {
  answers,
  type FromThread,
  keys,
  packed,
  questions,
  type ToThread,
  unpacked,
  type Verdict,
} from "./messages.ts";
import type {ThreadEvents} from "./validation-thread.ts";
import {QUIET, ValidationThreads} from "./validation-threads.ts";

const VALID = {
  priority: 7n,
  requires: [],
  provides: [Uint8Array.of(1)],
  longevity: 64n,
  propagate: true,
};
const JUDGED: Verdict = {type: "Judged", value: ok(VALID)};
const TOLD = ok(ok(VALID));

const stateOf = (entries: readonly (readonly [string, Uint8Array])[]) =>
  ({get: (key: string) => new Map(entries).get(key)}) as unknown as StateView;
const state = stateOf([[CODE_KEY, Uint8Array.of(1)]]);
const at = (number: number, of: StateView = state): ElsewhereAsked["at"] => ({
  hash: new Uint8Array(32).fill(number),
  number,
  state: of,
});

/** Threads that do as the test says. */
function scripted(options: {readonly threads?: number; mayAsk?: () => boolean} = {}) {
  const opened: {
    readonly events: ThreadEvents;
    readonly messages: ToThread[];
    isHeld: boolean;
    isTerminated: boolean;
  }[] = [];
  const log: string[] = [];
  const clock = new VirtualClock(millis(1_000));
  const threads = new ValidationThreads({
    threads: options.threads ?? 1,
    openThread(events) {
      const thread = {events, messages: [] as ToThread[], isHeld: false, isTerminated: false};
      opened.push(thread);
      return {
        post: message => void thread.messages.push(message),
        holdProcess(isHeld) {
          thread.isHeld = isHeld;
        },
        async terminate() {
          thread.isTerminated = true;
        },
      };
    },
    remember: () => {},
    mayAsk: options.mayAsk ?? (() => true),
    clock,
    logger: {...silentLogger, log: (_level, _target, message) => void log.push(message)},
  });
  const ask = (block = at(1)) =>
    threads.ask({source: "External", tx: Uint8Array.of(block.number), at: block});
  const open = (index = opened.length - 1) => opened[index]!;
  /** Answers a batch and takes it away; false where none is with the thread. */
  const answerNext = (verdict: Verdict, {messages, events} = open()): boolean => {
    const at = messages.findIndex(({kind}) => kind === "ask");
    const [message] = at < 0 ? [] : messages.splice(at, 1);
    if (message?.kind !== "ask") return false;
    const given = unpacked(questions, message.questions).map(({id}) => ({id, verdict}));
    events.said({kind: "answers", answers: packed(answers, given), signatures: []});
    return true;
  };
  /** Answers all that was asked so far, and what goes over because of that. */
  const answer = (verdict: Verdict, thread = open()) => {
    while (answerNext(verdict, thread));
  };
  const said = (thread: {readonly events: ThreadEvents}, message: FromThread) =>
    thread.events.said(message);
  const begin = () => {
    assert.equal(ask(), undefined);
    for (const thread of opened) said(thread, {kind: "ready"});
  };
  return {threads, opened, log, clock, ask, open, answer, answerNext, said, begin};
}

test("nothing is started before it is asked for, and nothing waits for a thread on its way", async () => {
  const {threads, opened, ask, begin, answer, open} = scripted({threads: 2});
  assert.equal(opened.length, 0);
  begin();
  assert.equal(opened.length, 2);
  const told = [ask(), ask()];
  await yieldThread();
  assert.deepEqual(
    opened.map(({messages}) => messages.map(({kind}) => kind)),
    [
      ["begin", "ask"],
      ["begin", "ask"],
    ],
    "each has its share",
  );
  assert.ok(open(0).isHeld && open(1).isHeld);
  for (const thread of opened) answer(JUDGED, thread);
  assert.deepEqual(await Promise.all(told), [TOLD, TOLD]);
  assert.ok(!open(0).isHeld && !open(1).isHeld, "an idle thread holds up no exit");
  await threads.stop();
});

test("who asks while a thread ends is told that nothing was found out, and another takes its place", async () => {
  const {ask, begin, answer, opened, open, log, threads} = scripted();
  begin();
  const lost = ask();
  await yieldThread();
  const waiting = ask();
  open().events.gone("out of memory");
  assert.deepEqual([await lost, await waiting], [undefined, undefined]);
  assert.deepEqual(log, ["a thread that validates transactions ended"]);
  begin();
  assert.equal(opened.length, 2);
  const told = ask();
  await yieldThread();
  answer(JUDGED);
  assert.deepEqual(await told, TOLD);
  await threads.stop();
});

test("all threads are started that there should be, also if there are many", async () => {
  const {ask, opened, threads} = scripted({threads: 8});
  assert.equal(ask(), undefined);
  assert.equal(opened.length, 8);
  await threads.stop();
});

test("questions about two blocks that wait together go over by themselves, in their order", async () => {
  const {ask, begin, open, answerNext, threads} = scripted();
  begin();
  const blocks = [at(1), at(2), at(2)];
  const told = [ask(blocks[0]), ask(blocks[1]), ask(blocks[1]), ask(blocks[0])];
  await yieldThread();
  const seen = () =>
    open().messages.map(message => {
      if (message.kind === "begin") return message.block.number;
      return message.kind === "ask"
        ? unpacked(questions, message.questions).map(({tx}) => tx[0])
        : message.kind;
    });
  assert.deepEqual(seen(), [1, [1], 2, [2, 2]]);
  answerNext(JUDGED);
  assert.deepEqual(seen(), [1, 2, [2, 2], 1, "end", [1]]);
  await threads.stop();
  assert.deepEqual(await Promise.all(told), [TOLD, undefined, undefined, undefined]);
});

test("what comes while a thread has two batches goes over together when it is done with one", async () => {
  const {ask, begin, open, answerNext, answer, threads} = scripted();
  begin();
  const block = at(1);
  const told = [];
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j <= i; j++) told.push(ask(block));
    await yieldThread();
  }
  const sizes = () =>
    open().messages.flatMap(message =>
      message.kind === "ask" ? [unpacked(questions, message.questions).length] : [],
    );
  assert.deepEqual(sizes(), [1, 2]);
  answerNext(JUDGED);
  assert.deepEqual(sizes(), [2, 3 + 4 + 5]);
  for (let i = 0; i < 1_300; i++) told.push(ask(block));
  await yieldThread();
  answerNext(JUDGED);
  assert.deepEqual(sizes(), [12, 512]);
  answer(JUDGED);
  assert.ok((await Promise.all(told)).every(one => one?.ok));
  await threads.stop();
});

test("thousands whose thread has ended are given back some at a time", async () => {
  const {ask, begin, open, threads} = scripted();
  begin();
  let given = 0;
  const block = at(1);
  const told = Array.from({length: 1_000}, () => ask(block)?.then(() => void given++));
  await yieldThread();
  open().events.gone("killed");
  await Promise.resolve();
  assert.ok(given <= 64, `${given} at once`);
  await Promise.all(told);
  assert.equal(given, 1_000);
  await threads.stop();
});

test("threads that end without an answer are not started for ever", async () => {
  const {ask, open, opened, threads} = scripted();
  for (let i = 0; i < 10; i++) {
    assert.equal(ask(), undefined);
    if (opened.length > i) open().events.gone("no such file");
  }
  assert.equal(opened.length, 3);
  await threads.stop();
});

test("a state that lacks what a thread needs is left to those who ask it here", async () => {
  const {ask, begin, said, open, threads} = scripted();
  begin();
  const lacking = {
    get(key: string) {
      if (key === "gone") throw new TrieFault("node-missing", "", new Uint8Array(32));
      return state.get(key);
    },
  } as unknown as StateView;
  const told = ask(at(1, lacking));
  await yieldThread();
  const [begun] = open().messages;
  assert.ok(begun?.kind === "begin");
  const need = packed(keys, [Uint8Array.from("gone", char => char.charCodeAt(0))]);
  said(open(), {kind: "need", state: begun.state, keys: need});
  assert.equal(await told, undefined);
  assert.deepEqual(
    open().messages.map(({kind}) => kind),
    ["begin", "ask", "end"],
  );
  const codeless = ask(at(2, stateOf([])));
  await yieldThread();
  assert.equal(await codeless, undefined);
  await threads.stop();
});

test("states that cannot be read, before or after they went over, take no batch's place for good", async () => {
  const {ask, begin, said, open, answer, answerNext, threads} = scripted();
  begin();
  const gone = {
    get(key: string) {
      if (key === "gone") throw new TrieFault("node-missing", "", new Uint8Array(32));
      return state.get(key);
    },
  } as unknown as StateView;
  const need = packed(keys, [Uint8Array.from("gone", char => char.charCodeAt(0))]);
  for (let i = 0; i < 4; i++) {
    const codeless = ask(at(2, stateOf([])));
    await yieldThread();
    assert.equal(await codeless, undefined);
    const lacking = ask(at(1, gone));
    await yieldThread();
    const begun = open().messages.findLast(({kind}) => kind === "begin");
    assert.ok(begun?.kind === "begin");
    said(open(), {kind: "need", state: begun.state, keys: need});
    assert.equal(await lacking, undefined);
    // Who is told that a state ended says so of what was asked about it.
    assert.ok(answerNext({type: "NotHere"}));
  }
  const told = [];
  for (let i = 0; i < 2; i++) {
    told.push(ask());
    await yieldThread();
  }
  const asked = open().messages.filter(({kind}) => kind === "ask");
  assert.equal(asked.length, 2);
  answer(JUDGED);
  assert.deepEqual(await Promise.all(told), [TOLD, TOLD]);
  await threads.stop();
});

test("a state is ended when nobody asks about it any more, and code goes over once", async () => {
  const {ask, begin, answerNext, open, threads} = scripted();
  begin();
  const [one, other] = [at(1), at(2, stateOf([[CODE_KEY, state.get(CODE_KEY)!]]))];
  const third = at(3, stateOf([[CODE_KEY, Uint8Array.of(2)]]));
  const told = [];
  const seen: unknown[] = [];
  const look = () => {
    const asked = open().messages.filter(({kind}) => kind === "ask");
    for (const message of open().messages.splice(0, Infinity, ...asked)) {
      if (message.kind === "begin") seen.push([message.block.number, "code" in message]);
      else if (message.kind === "end") seen.push("end");
    }
  };
  // Two blocks may have one state, and all the same be asked about by their own hashes.
  for (const block of [one, other, other, at(2, other.state), third]) {
    told.push(ask(block));
    await yieldThread();
  }
  do look();
  while (answerNext(JUDGED));
  await Promise.all(told);
  assert.deepEqual(seen, [
    ...[[1, true], [2, false], "end", [2, false], [3, true], "end", "end", "end"],
  ]);
  await threads.stop();
});

test("a runtime of which threads find out nothing is hardly asked there any more, until they do", async () => {
  const {ask, begin, answer, threads} = scripted();
  begin();
  const askMany = async (count: number, verdict: Verdict) => {
    const told = Array.from({length: count}, () => ask());
    await yieldThread();
    answer(verdict);
    await Promise.all(told);
    return told.filter(one => one !== undefined).length;
  };
  assert.equal(await askMany(256, {type: "NotHere"}), 256);
  assert.equal(await askMany(512, {type: "NotHere"}), 2);
  assert.equal(await askMany(256, JUDGED), 1);
  assert.equal(await askMany(256, JUDGED), 256);
  await threads.stop();
});

test("no more waits for a thread than it answers in a moment", async () => {
  const {ask, begin, threads} = scripted();
  begin();
  const told = Array.from({length: 5_000}, () => ask());
  assert.equal(told.filter(one => one !== undefined).length, 4_096);
  await threads.stop();
  assert.ok((await Promise.all(told)).every(one => one === undefined));
});

test("they are asked only while they may be, and no more once they are to end", async () => {
  let mayAsk = false;
  const {ask, opened, open, begin, threads} = scripted({mayAsk: () => mayAsk});
  assert.equal(ask(), undefined);
  assert.equal(opened.length, 0);
  mayAsk = true;
  begin();
  const told = ask();
  await threads.stop();
  assert.equal(await told, undefined);
  assert.ok(open().isTerminated);
  assert.equal(ask(), undefined);
});

test("what did not end in time is said to have been given up", async () => {
  const {ask, begin, answer, threads} = scripted();
  begin();
  const told = ask();
  await yieldThread();
  answer({type: "GivenUp", value: 60_000});
  const name = "TaggedTransactionQueue_validate_transaction";
  assert.deepEqual(await told, err({code: "given-up", name, milliseconds: 60_000}));
  await threads.stop();
});

test("threads end when nothing was asked for a while, but not under a question, and start again", async () => {
  const {threads, opened, clock, ask, begin, answer, open} = scripted({threads: 2});
  const pass = async (milliseconds: number) => {
    clock.advanceTo(millis(clock.now() + milliseconds));
    await yieldThread();
  };
  begin();
  const told = ask();
  await yieldThread();
  await pass(QUIET);
  await pass(QUIET);
  assert.ok(!open(0).isTerminated && !open(1).isTerminated, "somebody waits");
  for (const thread of opened) answer(JUDGED, thread);
  assert.deepEqual(await told, TOLD);
  await pass(QUIET - 1);
  const again = ask();
  await yieldThread();
  for (const thread of opened) answer(JUDGED, thread);
  assert.deepEqual(await again, TOLD);
  await pass(QUIET - 1);
  assert.ok(!open(0).isTerminated, "a minute counts from the last question");
  await pass(1);
  assert.ok(open(0).isTerminated && open(1).isTerminated);
  begin();
  assert.equal(opened.length, 4);
  await threads.stop();
  assert.ok(open(2).isTerminated && open(3).isTerminated);
});

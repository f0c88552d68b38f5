import assert from "node:assert/strict";
import {test} from "node:test";
import {Script} from "node:vm";
import {err, ok} from "#base";
import type {Runtime} from "#runtime-api";
import {WatchedLine} from "./watched-line.ts";

/** Under the same watch as the node's: an interrupt is nothing that code under it could catch. */
const script = new Script("globalThis.__work__()");

/** A runtime whose watch notes what goes under it. */
function watchedRuntime() {
  const watches: string[][] = [];
  const runtime = {
    watched<T>(name: string, work: () => T) {
      watches.push([]);
      let answer: {readonly value: T} | undefined;
      Object.assign(globalThis, {
        __work__() {
          answer = {value: work()};
        },
      });
      try {
        script.runInThisContext({timeout: 500});
      } catch {
        return err({code: "given-up", name, milliseconds: 500} as const);
      }
      return ok(answer!.value);
    },
  } as unknown as Runtime;
  return {runtime, watches, note: (name: string) => void watches.at(-1)!.push(name)};
}

const answersOf = (
  names: readonly string[],
  line: WatchedLine,
  {runtime, note}: ReturnType<typeof watchedRuntime>,
) =>
  names.map(name =>
    line.ask(runtime, "ask", () => {
      note(name);
      return ok(name);
    }),
  );

test("what comes together goes under one watch, no more than sixteen, each with its own answer", async () => {
  let turns = 0;
  const line = new WatchedLine(async () => void turns++);
  const watched = watchedRuntime();
  const names = Array.from({length: 20}, (_, i) => String(i));
  const answers = answersOf(names, line, watched);
  assert.deepEqual(watched.watches, [], "nothing before the others had their turn");
  assert.deepEqual(
    (await Promise.all(answers)).map(answer => answer.ok && answer.value),
    names,
  );
  assert.deepEqual(watched.watches, [names.slice(0, 16), names.slice(16)]);
  assert.equal(turns, 2);
  assert.deepEqual(await Promise.all(answersOf(["later"], line, watched)), [ok("later")]);
});

test("a call that does not end is given up, those before it have their answers, and those behind go under another watch", async () => {
  const line = new WatchedLine(async () => {});
  const watched = watchedRuntime();
  const before = answersOf(["a", "b"], line, watched);
  const endless = line.ask(watched.runtime, "ask", () => {
    watched.note("endless");
    for (;;);
  });
  const behind = answersOf(["c", "d"], line, watched);
  assert.deepEqual(await Promise.all(before), [ok("a"), ok("b")]);
  assert.deepEqual(await endless, err({code: "given-up", name: "ask", milliseconds: 500}));
  assert.deepEqual(await Promise.all(behind), [ok("c"), ok("d")]);
  assert.deepEqual(watched.watches, [
    ["a", "b", "endless"],
    ["c", "d"],
  ]);
});

test("two runtimes share no watch, and one that nobody watches answers at once", async () => {
  const line = new WatchedLine(async () => {});
  const [one, two] = [watchedRuntime(), watchedRuntime()];
  await Promise.all([
    ...answersOf(["a", "b"], line, one),
    ...answersOf(["c"], line, two),
    ...answersOf(["d"], line, one),
  ]);
  assert.deepEqual(one.watches, [["a", "b"], ["d"]]);
  assert.deepEqual(two.watches, [["c"]]);
  assert.deepEqual(
    line.ask({} as Runtime, "ask", () => ok(1)),
    ok(1),
  );
});

test("a bug in one question is that question's", async () => {
  const line = new WatchedLine(async () => {});
  const watched = watchedRuntime();
  const failing = line.ask(watched.runtime, "ask", () => {
    throw new TypeError("a bug");
  });
  const other = answersOf(["a"], line, watched);
  await assert.rejects(async () => failing, TypeError);
  assert.deepEqual(await Promise.all(other), [ok("a")]);
});

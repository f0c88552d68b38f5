import assert from "node:assert/strict";
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {pathToFileURL} from "node:url";
import type {Outcome} from "../chain-api.ts";
import {startChain} from "../served/start-chain.ts";
import {call} from "../transactions/call.ts";
import {costsIn, costsOf} from "./costs-of.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-costs-"));
after(() => rmSync(folder, {recursive: true, force: true}));

let files = 0;
const anotherFile = () => join(folder, `${files++}`, "__costs__", "some.test.json");

const outcome = (refTime: bigint, proofSize?: bigint, more: Partial<Outcome> = {}): Outcome =>
  ({weight: {refTime, proofSize}, ...more}) as Outcome;

test("what is not known yet is written down, a line each in the order of names, and held from then on", () => {
  const file = anotherFile();
  const costs = costsIn(file, {}, {});
  costs.expect({
    "to nobody": outcome(7n),
    "a payment": outcome(295_212_000n, 3_593n, {proofSize: 407}),
  });
  const first = readFileSync(file, "utf8");
  assert.equal(
    first,
    `{
  "a payment": {"refTime": 295212000, "proofSize": 3593, "proof": 407},
  "to nobody": {"refTime": 7}
}
`,
  );
  costs.expect({another: outcome(9n, 1n, {error: "BadOrigin"})});
  assert.match(
    readFileSync(file, "utf8"),
    /\n {2}"another": \{"refTime": 9, "proofSize": 1, "error": "BadOrigin"\},\n/,
  );
  costs.expect({"to nobody": outcome(7n)});
  assert.throws(() => costs.expect({"to nobody": outcome(8n)}), /a cost is not as in /);
});

test("what differs fails with a table, and nothing is written, new entries neither", () => {
  const file = anotherFile();
  costsIn(file, {}, {}).expect({"a payment": outcome(200_000n, 1_000n), other: outcome(5n)});
  const before = readFileSync(file, "utf8");
  const measured = {
    "a payment": outcome(210_000n, 999n, {error: "Token.Frozen"}),
    other: outcome(5n),
    anew: outcome(1n),
  };
  assert.throws(
    () => costsIn(file, {}, {}).expect(measured),
    ({message}: Error) => {
      assert.deepEqual(message.split("\n").slice(2, 6), [
        "                                    was            is  difference",
        "  a payment  ref time, ps       200_000       210_000      +5.0 %",
        "  a payment  proof size, bytes    1_000           999      -0.1 %",
        "  a payment  error                 none  Token.Frozen",
      ]);
      assert.match(
        message,
        /if that is as it should be: KHALA_UPDATE_COSTS=1, and commit the file/,
      );
      return true;
    },
  );
  assert.equal(readFileSync(file, "utf8"), before);
  costsIn(file, {tolerance: 5}, {}).expect({"a payment": outcome(210_000n, 999n)});
});

test("it is taken over where that is asked for, and other entries stay", () => {
  const file = anotherFile();
  costsIn(file, {}, {}).expect({one: outcome(1n), two: outcome(2n)});
  costsIn(file, {}, {KHALA_UPDATE_COSTS: "1", CI: "true"}).expect({one: outcome(11n)});
  costsIn(file, {}, {CI: "true"}).expect({one: outcome(11n), two: outcome(2n)});
});

test("in CI what is not known fails, and nothing is written", () => {
  const file = anotherFile();
  const expect = (env: Readonly<Record<string, string>>) =>
    costsIn(file, {}, env).expect({one: outcome(1n), two: outcome(2n)});
  assert.throws(
    () => expect({CI: "true"}),
    /does not have one, two: run the test where CI is not set/,
  );
  assert.equal(existsSync(file), false);
  expect({CI: "false"});
  assert.equal(existsSync(file), true);
});

test("what has no cost, a file that is none, and a tolerance that is none are said to be", () => {
  const file = anotherFile();
  const costs = costsIn(file, {}, {});
  assert.throws(
    () => costs.expect({one: {weight: undefined} as Outcome}),
    /one has no cost of its own/,
  );
  costs.expect({one: outcome(1n)});
  for (const text of ["{", "[]", '{"one": 7}', '{"one": {"refTime": 1, "price": 2}}']) {
    writeFileSync(file, text);
    assert.throws(() => costs.expect({one: outcome(1n)}), /is no file of costs/);
  }
  assert.throws(
    () => costsOf(import.meta.url, {tolerance: -1}),
    /tolerance is a percentage, not -1/,
  );
});

test("costs of a chain's transactions are those of each run, in the file beside the test", async () => {
  const test = pathToFileURL(join(folder, "payments.test.ts"));
  for (let run = 0; run < 3; run++) {
    await using chain = await startChain();
    const paid = await chain.submit(
      "alice",
      call("Balances.transfer_keep_alive", {dest: "bob", value: 5n}),
    );
    const {file} = costsOf(test);
    assert.equal(file, join(folder, "__costs__", "payments.test.json"));
    costsIn(file, {}, {CI: run === 0 ? "" : "true"}).expect({"a payment": paid});
  }
});

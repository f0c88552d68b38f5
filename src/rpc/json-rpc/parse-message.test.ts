import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {parseMessage} from "./parse-message.ts";

const LONG = 70_000;

test("long messages are read as short ones are", () => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 5}), fc.string({unit: "binary"}), (value, text) => {
      const message = [value, text, `${text}\\"[[[`.repeat(LONG / 4)];
      assert.deepEqual(parseMessage(JSON.stringify(message)), JSON.parse(JSON.stringify(message)));
    }),
    {numRuns: 20},
  );
  assert.equal(parseMessage(`${"[1,".repeat(LONG)}`), undefined);
  assert.equal(parseMessage(`["${"x".repeat(LONG)}`), undefined);
  assert.equal(parseMessage("nothing"), undefined);
});

test("long messages that go deep are refused, brackets in texts and beside each other are not deep", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const padded = (inner: string) => `{"a":${inner},"b":"${"x".repeat(LONG)}"}`;
  assert.notEqual(parseMessage(padded(nested(127))), undefined);
  assert.equal(parseMessage(padded(nested(128))), undefined);
  assert.equal(parseMessage(nested(5_000_000)), undefined);
  assert.notEqual(
    parseMessage(`[${nested(100)},"${'[\\"{'.repeat(LONG)}",${nested(100)}]`),
    undefined,
  );
});

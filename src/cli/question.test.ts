import assert from "node:assert/strict";
import {PassThrough} from "node:stream";
import {test} from "node:test";
import {ask} from "./question.ts";

function dialogue(...written: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  for (const text of written) input.write(text);
  return {input, output};
}

test("a question is answered by the line that comes", async () => {
  const streams = dialogue("yes\nno\n");
  assert.equal(await ask("Sure? ", streams), "yes");
  assert.equal(String(streams.output.read()), "Sure? ");
});

test("a question that nobody can answer ends as soon as the input does", async () => {
  const streams = dialogue();
  streams.input.end();
  assert.equal(await ask("Sure? ", streams), undefined);
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {UnpackedLast} from "./unpacked-last.ts";

test("only of the code that was unpacked last, wherever it stands in memory, it is known what it comes to", () => {
  const last = new UnpackedLast();
  const [packed, module] = [Uint8Array.of(1, 2, 3), Uint8Array.of(9)];
  assert.equal(last.of(packed), undefined);
  last.keep(packed, module);
  assert.equal(last.of(packed), module);
  assert.equal(last.of(Uint8Array.of(1, 2, 3)), module);
  for (const other of [[1, 2], [1, 2, 4], [1, 2, 3, 0], []]) {
    assert.equal(last.of(Uint8Array.from(other)), undefined);
  }
  const next = Uint8Array.of(1, 2, 4);
  last.keep(next, packed);
  assert.deepEqual([last.of(packed), last.of(next)], [undefined, packed]);
});

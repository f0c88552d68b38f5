import assert from "node:assert/strict";
import {test} from "node:test";
import type {RuntimeVersion} from "#primitives";
import {extrinsicsVersionOf, stateVersionOf} from "./state-version-of.ts";

test("from its first version on a system lays out states anew, from its second on the list of extrinsics", () => {
  const layouts = [0, 1, 2, 3, 255].map(stateVersion => {
    const runtime = {version: {stateVersion} as RuntimeVersion};
    return [stateVersionOf(runtime), extrinsicsVersionOf(runtime)];
  });
  assert.deepEqual(layouts, [
    [0, 0],
    [1, 0],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {connectionsWithin, descriptorLimit} from "./descriptors.ts";

test("RPC takes no descriptor that blocks and votes need, and says so where it is less than was wished for", () => {
  assert.deepEqual(connectionsWithin(20_000, 100), {connections: 100, warning: undefined});
  assert.deepEqual(connectionsWithin(undefined, 100), {connections: 100, warning: undefined});
  const few = connectionsWithin(256, 100);
  assert.equal(few.connections, 60);
  assert.match(few.warning!, /^at most 60 RPC connections, not 100: .*256 files.*ulimit -n/);
  assert.equal(connectionsWithin(64, 100).connections, 8);
});

test("the limit of this process is known", () => {
  assert.ok(descriptorLimit()! > 0);
});

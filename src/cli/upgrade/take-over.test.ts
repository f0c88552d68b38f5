import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {startForeignNode} from "../../node/test-kit/foreign-node.ts";
import {foreignCode, UPGRADED, WITHOUT_AURA} from "../../runtime/test-kit/foreign/index.ts";
import {takeOver} from "./take-over.ts";

test("code that cannot go on with the chain is not taken over, and the next build is", async () => {
  const {node} = await startForeignNode({seal: {kind: "manual"}});
  try {
    const tools = node.timeTools!;
    const {hash} = unwrap(await tools.makeBlock([]));
    const refused = await takeOver(node, foreignCode(node.crypto.hashing, WITHOUT_AURA));
    assert.ok(!refused.ok);
    assert.equal(refused.error.code, "code-not-taken-over");
    assert.match(refused.error.what, /does not say who authors/);
    assert.equal(refused.error.did, "kept the runtime");
    assert.deepEqual(node.chain.head.hash, hash);
    const [first] = unwrap(await takeOver(node, foreignCode(node.crypto.hashing, UPGRADED)));
    assert.match(first!, /^toyland 7 → toyland 8: taken over in block 3$/);
  } finally {
    await node.stop();
  }
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {encodeSs58} from "#crypto";
import {ALICE} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";

test("blocks are made on demand, by Substrate's method and by chopsticks'", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  assert.equal((await client.fail("engine_createBlock", false, false)).code, 12_000);
  const made = await client.call<{hash: string; aux: unknown}>(
    "engine_createBlock",
    true,
    true,
    null,
  );
  assert.equal(made.hash, bytesToHex(chain.best().hash));
  assert.deepEqual(made.aux, {
    header_only: false,
    clear_justification_requests: false,
    needs_justification: false,
    bad_justification: false,
    is_new_best: true,
  });
  assert.equal(await client.call("dev_newBlock"), bytesToHex(chain.best().hash));
  assert.equal(await client.call("dev_newBlock", {count: 3}), bytesToHex(chain.best().hash));
  assert.equal(chain.best().number, 5);
  assert.equal(await client.call("dev_newBlock", {to: 7}), bytesToHex(chain.best().hash));
  assert.equal(chain.best().number, 7);
  for (const wrong of [{counts: 1}, {count: -1}, 5, []]) {
    const answered = await client.reply("dev_newBlock", wrong);
    assert.equal(answered.error?.code, Array.isArray(wrong) ? undefined : -32_602);
  }
});

test("the session is told with its progress in parts per million and its authors by address", async t => {
  const client = await (await startTestServer(t)).connect();
  assert.deepEqual(await client.call("khala_sessionInfo"), {
    index: 3,
    period: 40,
    blocksInto: 10,
    progressPpm: 250_000,
    nextRotationBlock: 160,
    nextRotationAt: 1_000_000,
    authors: [encodeSs58(ALICE.sr25519, 30)],
  });
});

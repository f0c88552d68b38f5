import assert from "node:assert/strict";
import {test} from "node:test";
import {createMethodTable} from "../dispatch/method-table.ts";
import {createTestNode} from "../test-kit/test-node.ts";
import {startTestServer} from "../test-kit/test-server.ts";
import {methodsFor} from "./index.ts";

test("every name, alias and unsubscribe name is listed once and is known", async t => {
  const client = await (await startTestServer(t)).connect();
  const {methods} = await client.call<{methods: string[]}>("rpc_methods");
  assert.equal(new Set(methods).size, methods.length);
  for (const name of [
    "rpc_methods",
    "account_nextIndex",
    "chain_getHead",
    "chain_unsubscribeFinalisedHeads",
    "subscribe_newHead",
    "unsubscribe_newHead",
    "author_unwatchExtrinsic",
    "state_callAt",
    "state_getKeysPagedAt",
    "chain_getRuntimeVersion",
    "khala_sessionInfo",
    "dev_newBlock",
    "chainHead_v1_stopOperation",
    "archive_v1_stopStorageDiff",
    "transaction_v1_stop",
    "transactionWatch_v1_unwatch",
    "chainSpec_v1_genesisHash",
  ]) {
    assert.ok(methods.includes(name), name);
  }
  for (const method of methods) {
    client.send({jsonrpc: "2.0", id: method, method, params: []});
    let reply: {id?: unknown; error?: {message: string}};
    do reply = (await client.next()) as typeof reply;
    while (reply.id !== method);
    assert.notEqual(reply.error?.message, "Method not found", method);
  }
});

test("methods of a part that the node does not have are not listed", () => {
  const {chain, pool, node} = createTestNode().answers;
  const {names} = createMethodTable(methodsFor({chain, pool, node}));
  assert.ok(
    !names.some(name => /Key|engine_|dev_|khala_|dryRun/.test(name.replace("state_getKeys", ""))),
  );
});

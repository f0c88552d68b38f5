import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {ALICE} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";
import {CANNOT_LOOKUP, CUSTOM, STALE, toyExtrinsic} from "../../test-kit/toy-extrinsic.ts";

const toy = (...args: Parameters<typeof toyExtrinsic>) => bytesToHex(toyExtrinsic(...args));

test("a submitted transaction has the hash of its bytes, and waits until it is removed", async t => {
  const {hashing, connect} = await startTestServer(t);
  const client = await connect();
  const bytes = toyExtrinsic(ALICE.sr25519, 0);
  const extrinsic = bytesToHex(bytes);
  const hash = bytesToHex(hashing.blake2b256(bytes));
  assert.equal(await client.call("author_submitExtrinsic", extrinsic), hash);
  assert.deepEqual(await client.fail("author_submitExtrinsic", extrinsic), {
    code: 1_013,
    message: "Transaction Already Imported",
    data: hash,
  });
  assert.deepEqual(await client.call("author_pendingExtrinsics"), [extrinsic]);
  const other = toy(new Uint8Array(32), 0);
  const otherHash = await client.call("author_submitExtrinsic", other);
  const removed = await client.call<string[]>("author_removeExtrinsic", [
    {hash},
    {extrinsic: other},
  ]);
  assert.deepEqual(removed, [hash, otherHash]);
  assert.deepEqual(await client.fail("author_submitExtrinsic", extrinsic), {
    code: 1_012,
    message: "Transaction is temporarily banned",
  });
});

test("a refused transaction has the code and the words that clients know", async t => {
  const client = await (await startTestServer(t)).connect();
  const account = ALICE.sr25519;
  await client.call("author_submitExtrinsic", toy(account, 0, {priority: 5n}));
  const cases: [string, number, string, unknown][] = [
    [toy(account, 1, {verdict: STALE}), 1_010, "Invalid Transaction", "Transaction is outdated"],
    [toy(account, 1, {verdict: CUSTOM}), 1_010, "Invalid Transaction", "Custom error: 7"],
    [
      toy(account, 1, {verdict: CANNOT_LOOKUP}),
      1_011,
      "Unknown Transaction Validity",
      "CannotLookup",
    ],
    [
      toy(account, 0, {priority: 4n}),
      1_014,
      "Priority is too low: (5 vs 4)",
      "The transaction has too low priority to replace another transaction already in the pool.",
    ],
  ];
  for (const [extrinsic, code, message, data] of cases) {
    assert.deepEqual(await client.fail("author_submitExtrinsic", extrinsic), {code, message, data});
  }
  assert.equal((await client.fail("author_submitExtrinsic", "0x0c00")).code, 1_040);
  const malformed = await client.fail("author_submitAndWatchExtrinsic", "0x0c00");
  assert.equal(malformed.code, 1_001);
  assert.match(malformed.message, /^Extrinsic has invalid format: /);
});

test("a watched transaction is followed to its end, and the subscription ends with it", async t => {
  const {pool, connect} = await startTestServer(t);
  const client = await connect();
  const later = await client.call<string>("author_submitAndWatchExtrinsic", toy(ALICE.sr25519, 1));
  assert.equal(await client.item(later), "future");
  const bytes = toyExtrinsic(ALICE.sr25519, 0);
  const params = [bytesToHex(bytes)];
  client.send({jsonrpc: "2.0", id: "x", method: "author_submitAndWatchExtrinsic", params});
  assert.equal(await client.item(later), "ready");
  const {result: id} = (await client.next()) as {result: string};
  assert.equal(await client.item(id), "ready");
  const block = new Uint8Array(32).fill(3);
  pool.blockEnacted({hash: block, number: 1, body: [bytes]});
  assert.deepEqual(await client.item(id), {inBlock: bytesToHex(block)});
  pool.blockFinalized(1);
  assert.deepEqual(await client.item(id), {finalized: bytesToHex(block)});
  assert.equal(await client.call("author_unwatchExtrinsic", id), false);
  assert.equal(await client.call("author_unwatchExtrinsic", later), true);
});

test("whoever is outbid learns by whom", async t => {
  const client = await (await startTestServer(t)).connect();
  const id = await client.call<string>("author_submitAndWatchExtrinsic", toy(ALICE.sr25519, 0));
  assert.equal(await client.item(id), "ready");
  client.send({
    jsonrpc: "2.0",
    id: "bid",
    method: "author_submitExtrinsic",
    params: [toy(ALICE.sr25519, 0, {priority: 9n})],
  });
  const usurped = await client.item<{usurped: string}>(id);
  const {result} = (await client.next()) as {result: string};
  assert.deepEqual(usurped, {usurped: result});
});

test("keys are rotated, inserted and found, and no answer repeats a secret", async t => {
  const client = await (await startTestServer(t)).connect();
  const keys = await client.call<string>("author_rotateKeys");
  assert.match(keys, /^0x[0-9a-f]{64}$/);
  assert.equal(await client.call("author_hasSessionKeys", keys), true);
  assert.equal(await client.call("author_hasKey", keys, "aura"), true);
  const alice = bytesToHex(ALICE.sr25519);
  assert.equal(await client.call("author_hasSessionKeys", alice), false);
  assert.equal(await client.call("author_insertKey", "aura", "//Alice", alice), null);
  assert.equal(await client.call("author_hasKey", alice, "aura"), true);
  assert.equal(await client.call("author_hasKey", alice, "gran"), false);
  assert.deepEqual(await client.fail("author_hasSessionKeys", "0x00"), {
    code: 1_040,
    message: "Session keys are not encoded correctly",
  });
  assert.deepEqual(await client.fail("author_hasKey", alice, "aur"), {
    code: 1_040,
    message: "Invalid key type ID format (should be of length four)",
  });
  for (const params of [
    ["aura", "//Sesame", alice],
    ["aura", "sesame open", alice],
    ["none", "//Sesame", alice],
    ["aura", 5, "//Sesame"],
  ]) {
    const error = await client.fail("author_insertKey", ...params);
    assert.ok(!JSON.stringify(error).toLowerCase().includes("sesame"));
  }
});

import assert from "node:assert/strict";
import {type TestContext, test} from "node:test";
import {bytesToHex, hexToBytes, utf8Bytes} from "#base";
import {stateViewOf} from "#state";
import {openProof} from "#trie";
import {startTestServer} from "../../test-kit/test-server.ts";

const key = (text: string) => bytesToHex(utf8Bytes(text));
const TRIE = key(":child_storage:default:c");
const NONE = key(":child_storage:default:none");

async function withChild(t: TestContext) {
  const server = await startTestServer(t);
  const many = Array.from(
    {length: 1_200},
    (_, i) => [`map:${String(i).padStart(4, "0")}`, Uint8Array.of(1, 2)] as const,
  );
  const block = server.chain.extend({
    childChanges: [["c", [["a", Uint8Array.of(7)], ["empty", new Uint8Array(0)], ...many]]],
  });
  server.chain.extend({childChanges: [["c", [["a", undefined]]]]});
  return {...server, at: bytesToHex(block.hash), client: await server.connect()};
}

test("a value of a child trie, its hash and its size agree, now and before, and are null where absent", async t => {
  const {client, hashing, at} = await withChild(t);
  const ask = (what: string, trie: string, of: string, block: string | null) =>
    client.call(`childstate_getStorage${what}`, trie, key(of), block);
  assert.equal(await ask("", TRIE, "a", at), "0x07");
  assert.equal(await ask("", TRIE, "empty", null), "0x");
  assert.equal(await ask("Size", TRIE, "a", at), 1);
  assert.equal(await ask("Size", TRIE, "empty", null), 0);
  const hash = bytesToHex(hashing.blake2b256(Uint8Array.of(7)));
  assert.equal(await ask("Hash", TRIE, "a", at), hash);
  for (const what of ["", "Hash", "Size"]) {
    assert.equal(await ask(what, TRIE, "a", null), null);
    assert.equal(await ask(what, NONE, "a", at), null);
    const named = await client.fail(`childstate_getStorage${what}`, key("c"), key("a"));
    assert.deepEqual(named, {code: 4_003, message: "Client error: Invalid child storage key"});
  }
  const keys = [key("empty"), key("nothing"), key("a")];
  const entries = (block: string | null) =>
    client.call("childstate_getStorageEntries", TRIE, keys, block);
  assert.deepEqual(await entries(at), ["0x", null, "0x07"]);
  assert.deepEqual(await entries(null), ["0x", null, null]);
});

test("keys of a child trie come all at once or in pages", async t => {
  const {client, at} = await withChild(t);
  const all = await client.call<string[]>("childstate_getKeys", TRIE, key("map:"));
  assert.equal(all.length, 1_200);
  const page = (count: number, start: string | null) =>
    client.call<string[]>("childstate_getKeysPaged", TRIE, key("map:"), count, start);
  const first = await page(1_000, null);
  assert.deepEqual([...first, ...(await page(1_000, first.at(-1)!))], all);
  const args = [TRIE, null, 1, null, at];
  assert.deepEqual(await client.call("childstate_getKeysPagedAt", ...args), [key("a")]);
  assert.deepEqual(await client.call("childstate_getKeys", NONE, "0x"), []);
  const tooMany = await client.fail("childstate_getKeysPaged", TRIE, "0x", 1_001);
  assert.equal(tooMany.code, 4_002);
});

test("what is read of a child trie can be proved, and that there is none", async t => {
  const {client, hashing, at} = await withChild(t);
  const hash = (bytes: Uint8Array) => hashing.blake2b256(bytes);
  const {stateRoot} = await client.call<{stateRoot: string}>("chain_getHeader", at);
  const proved = async (trie: string) => {
    const many = Array.from({length: 300}, (_, i) => key(`map:${String(i).padStart(4, "0")}`));
    const asked = [key("a"), key("no"), ...many];
    const method = "state_getChildReadProof";
    const {proof} = await client.call<{proof: string[]}>(method, trie, asked, at);
    const items = proof.map(item => hexToBytes(item)!);
    return stateViewOf(openProof(hash, hexToBytes(stateRoot)!, items));
  };
  const child = (await proved(TRIE)).child("c");
  assert.deepEqual(child.get("a"), Uint8Array.of(7));
  assert.equal(child.get("no"), undefined);
  assert.deepEqual(child.get("map:0299"), Uint8Array.of(1, 2));
  assert.equal((await proved(NONE)).child("none").has("a"), false);
  const named = await client.fail("state_getChildReadProof", key("c"), [], at);
  assert.equal(named.message, "Client error: Invalid child storage key");
});

import assert from "node:assert/strict";
import {test} from "node:test";
import {u8aToHex} from "@polkadot/util";
import {startKhala} from "../../support/khala-process.ts";
import {temporaryFolder} from "../../support/temporary-folder.ts";
import {connect, pairOf, startDev} from "./kit.ts";

test("rotated keys are 64 bytes, the node has them, and the runtime can take them apart", async t => {
  const {api, close} = await startDev();
  t.after(close);
  const keys = await api.rpc.author.rotateKeys();
  // An Aura key and a GRANDPA key.
  assert.equal(keys.length, 64);
  assert.ok((await api.rpc.author.hasSessionKeys(keys)).isTrue);
  const decoded = (await api.call.sessionKeys.decodeSessionKeys(keys)).unwrap();
  assert.deepEqual(
    decoded.map(([key, type]) => [u8aToHex(key), type.toUtf8()]),
    [
      [u8aToHex(keys.subarray(0, 32)), "aura"],
      [u8aToHex(keys.subarray(32)), "gran"],
    ],
  );
});

test("an inserted key is there, also after a restart", async () => {
  const folder = await temporaryFolder("keys");
  const key = u8aToHex(pairOf("//Inserted").publicKey);
  for (const start of ["first", "second"]) {
    const node = await startKhala(["dev", "--rpc-port=0", `--base-path=${folder}`]);
    const api = await connect(node.url);
    const has = await api.rpc.author.hasKey(key, "aura");
    assert.equal(has.isTrue, start === "second");
    await api.rpc.author.insertKey("aura", "//Inserted", key);
    assert.ok((await api.rpc.author.hasKey(key, "aura")).isTrue);
    await api.disconnect();
    await node.stop();
  }
});

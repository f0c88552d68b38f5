import assert from "node:assert/strict";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {freePort} from "../../support/free-port.ts";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {type Program, startProgram} from "../support/program.ts";
import {signedTransfer} from "../support/signed-transfer.ts";

const ALICE = "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2";

let node: KhalaProcess;
let sidecar: Program;
let base: string;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  const port = await freePort();
  sidecar = await startProgram(
    [join("node_modules", ".bin", "substrate-api-sidecar")],
    /Listening on/,
    {
      cwd: dirname(fileURLToPath(import.meta.url)),
      env: {
        SAS_SUBSTRATE_URL: node.url,
        // This sidecar is older than the extension CheckMetadataHash, and has to be told of it on any chain.
        SAS_SUBSTRATE_TYPES_BUNDLE: fileURLToPath(new URL("types-bundle.json", import.meta.url)),
        SAS_EXPRESS_PORT: String(port),
        SAS_EXPRESS_BIND_HOST: "127.0.0.1",
      },
    },
  );
  base = `http://127.0.0.1:${port}`;
});
after(async () => {
  await sidecar?.stop();
  await node?.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: the shapes are sidecar's
type Json = any;

async function get(path: string): Promise<Json> {
  const response = await fetch(base + path);
  const text = await response.text();
  assert.equal(response.status, 200, `${path}: ${text}`);
  return JSON.parse(text);
}

test("blocks come with their author, their events and their extrinsics taken apart", async () => {
  await until("block 1 is final", async () => Number((await get("/blocks/head")).number) >= 1);
  for (const path of ["/blocks/head", "/blocks/1"]) {
    const block = await get(path);
    assert.equal(block.authorId, ALICE);
    assert.equal(block.finalized, true);
    const [timestamp] = block.extrinsics;
    assert.deepEqual(timestamp.method, {pallet: "timestamp", method: "set"});
    assert.equal(timestamp.success, true);
  }
});

test("an account's balance is what genesis gave", async () => {
  const info = await get(`/accounts/${ALICE}/balance-info`);
  assert.equal(info.tokenSymbol, "PHA");
  assert.equal(info.free, "1000000000000000000");
});

test("the node says who it is, whom it knows and what waits", async () => {
  assert.equal((await get("/node/network")).numPeers, "0");
  const version = await get("/node/version");
  assert.equal(version.chain, "Khala Development");
  assert.deepEqual((await get("/node/transaction-pool")).pool, []);
});

test("runtime, metadata and what offline signers need are served", async () => {
  assert.equal((await get("/runtime/spec")).specName, "khala-ts");
  assert.ok("v14" in (await get("/runtime/metadata")).metadata);
  assert.match((await get("/runtime/code")).code, /^0x0061736d/);
  const material = await get("/transaction/material");
  assert.equal(material.specName, "khala-ts");
  assert.equal(material.genesisHash, (await get("/blocks/0")).hash);
});

async function postTransaction(path: string, tx: string): Promise<Json> {
  const response = await fetch(base + path, {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({tx}),
  });
  return response.json();
}

test("a posted transaction is estimated, sent and found in a final block with that fee", async () => {
  const {bytes, hash} = await signedTransfer(node.url);
  const {partialFee} = await postTransaction("/transaction/fee-estimate", bytes);
  assert.deepEqual(await postTransaction("/transaction", bytes), {hash});
  let found: Json;
  let next = 1;
  await until("it is in a final block", async () => {
    const {number} = await get("/blocks/head/header");
    for (; next <= Number(number) && found === undefined; next++) {
      const {extrinsics} = await get(`/blocks/${next}`);
      found = extrinsics.find((extrinsic: Json) => extrinsic.hash === hash);
    }
    return found !== undefined;
  });
  assert.equal(found.success, true);
  // Sidecar works out the fee of chains that it knows by name only; of others it shows the event.
  const paid = found.events.find(({method}: Json) => method.method === "TransactionFeePaid");
  assert.equal(paid.data[0], ALICE);
  // The multiplier may have moved by a block or two since.
  assert.ok(Math.abs(Number(paid.data[1]) / Number(partialFee) - 1) < 0.001);
});

import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {WebSocket} from "ws";
import {bytesToHex, type Hex, hex, unwrap} from "#base";
import {bytes, decode, struct, vec} from "#codec";
import {justification, VoterSet, verifyJustification} from "#consensus";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {hash, header} from "#primitives";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {finalizedOf, hashAt, until} from "../support/network.ts";
import {rpc} from "../support/rpc.ts";

let node: KhalaProcess;
const alice = WELL_KNOWN_ACCOUNTS[0]!;
const voters = VoterSet.from([{id: alice.ed25519, weight: 1}])!;
const finalityProof = struct({block: hash, justification: bytes, unknownHeaders: vec(header)});

before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--port=0", "--param=slot=200ms"]);
  await until("blocks are final", async () => (await finalizedOf(node)) >= 4);
});

after(async () => {
  assert.equal(await node.stop(), 0);
});

async function verified(proof: Uint8Array): Promise<string> {
  const {hashing, signatures} = await createNativeCrypto();
  const decoded = unwrap(decode(justification, proof));
  unwrap(verifyJustification(decoded, {setId: 0, voters, hashing, signatures}));
  return `0x${Buffer.from(decoded.commit.target.hash).toString("hex")}`;
}

test("grandpa_roundState tells set, threshold, and who was not heard of", async () => {
  const state = await rpc<{
    setId: number;
    best: {totalWeight: number; thresholdWeight: number; prevotes: {missing: string[]}};
  }>(node.url, "grandpa_roundState", []);
  assert.equal(state.setId, 0);
  assert.deepEqual([state.best.totalWeight, state.best.thresholdWeight], [1, 1]);
  assert.ok(Array.isArray(state.best.prevotes.missing));
});

test("grandpa_proveFinality gives a proof that holds, and the headers up to it", async () => {
  const encoded = await rpc<Hex>(node.url, "grandpa_proveFinality", [1]);
  const proof = unwrap(decode(finalityProof, hex(encoded)));
  const target = await verified(proof.justification);
  const top = 1 + proof.unknownHeaders.length;
  assert.equal(await hashAt(node, top), target);
  assert.deepEqual(
    proof.unknownHeaders.map(({number}) => number),
    Array.from({length: top - 1}, (_, i) => i + 2),
  );
  await assert.rejects(rpc(node.url, "grandpa_proveFinality", [1_000_000]), /not finalized/);
});

test("a block with a proof of its own is proved without further headers", async () => {
  await until("a proof is of the very block asked for", async () => {
    const number = await finalizedOf(node);
    const encoded = await rpc<Hex | null>(node.url, "grandpa_proveFinality", [number]);
    // A block that has just become final may have no proof yet.
    if (encoded === null) return false;
    const proof = unwrap(decode(finalityProof, hex(encoded)));
    const proved = await rpc<{number: Hex}>(node.url, "chain_getHeader", [bytesToHex(proof.block)]);
    assert.equal(proof.unknownHeaders.length, Number(proved.number) - number);
    return proof.unknownHeaders.length === 0;
  });
});

test("grandpa_subscribeJustifications sends proofs that hold", async () => {
  const socket = new WebSocket(node.url);
  await new Promise(resolve => socket.once("open", resolve));
  const proof = new Promise<Hex>(resolve => {
    socket.on("message", data => {
      const message = JSON.parse(String(data)) as {params?: {result: Hex}};
      if (message.params !== undefined) resolve(message.params.result);
    });
  });
  const method = "grandpa_subscribeJustifications";
  socket.send(JSON.stringify({jsonrpc: "2.0", id: 1, method, params: []}));
  assert.match(await verified(hex(await proof)), /^0x/);
  socket.close();
});

test("reserved peers are added by address, listed and removed; anything else is refused", async () => {
  const peer = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
  const address = `/ip4/127.0.0.1/tcp/9/p2p/${peer}`;
  assert.equal(await rpc(node.url, "system_addReservedPeer", [address]), null);
  assert.deepEqual(await rpc(node.url, "system_reservedPeers", []), [peer]);
  assert.equal(await rpc(node.url, "system_removeReservedPeer", [peer]), null);
  assert.deepEqual(await rpc(node.url, "system_reservedPeers", []), []);
  await assert.rejects(rpc(node.url, "system_addReservedPeer", ["nonsense"]), /2002 Invalid peer/);
});

test("who is banned is listed, a ban that is not there cannot be lifted, and a sync says where it stands", async () => {
  assert.deepEqual(await rpc(node.url, "khala_bannedPeers", []), []);
  assert.equal(await rpc(node.url, "khala_liftBan", ["12D3KooWnobody"]), false);
  const progress = await rpc<{stage: string; waitingFor: string}>(
    node.url,
    "khala_syncProgress",
    [],
  );
  assert.equal(progress.stage, "waiting-for-peers");
  assert.equal(progress.waitingFor, "peers");
  assert.deepEqual(await rpc(node.url, "khala_equivocations", []), {blocks: [], votes: []});
});

import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {bytesToHex, concatBytes, unwrap, utf8Bytes} from "#base";
import {bytes, encode, u32, u64, u128, vec} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {callFromJson, describeRuntime, StateReader, signExtrinsic, signerOf} from "#description";
import {Overlay} from "#state";
import {call, startChain} from "#testing";
import {failRpc, rpc} from "../support/rpc.ts";
import {rehearsedNetwork} from "./support/rehearsed-network.ts";
import {readSpec} from "./support/replay.ts";

/** A folder with chain specs that npm has not. */
const folder = process.env.KHALA_GENUINE;
const rhala = (folder === undefined ? [] : readdirSync(folder))
  .filter(file => file.endsWith(".json"))
  .map(file => readFileSync(join(folder!, file), "utf8"))
  .find(text => readSpec(text).runtime.version.specName === "rhala");
if (rhala === undefined) {
  process.stdout.write(
    "a settlement panics where KHALA_GENUINE names a folder with rhala's spec\n",
  );
}

const {hashing, keyPairs} = await createNativeCrypto();
const alice = unwrap(keyPairs.fromUri("sr25519", "//Alice"));
const WORKER = new Uint8Array(32).fill(7);
/** What gatekeepers write under their settlements (phala-types, `bind_topic`); `^`: it stays on the chain. */
const TOPIC = utf8Bytes("^phala/mining/update");
/** One PHA in the fixed-point numbers of settlements, 64 bits before and 64 behind the point. */
const ONE = 2n ** 64n;

/** A gatekeeper's word on what a worker earned: block, time, nobody offline, nobody back, one settlement. */
const settlement = concatBytes(
  encode(u32, 1),
  encode(u64, 1_700_000_000_000n),
  encode(vec(u32), []),
  encode(vec(u32), []),
  Uint8Array.of(4),
  WORKER,
  ...[0n, 1_000n * ONE, 0n].map(each => encode(u128, each)),
);

for (const text of rhala === undefined ? [] : [rhala]) {
  test("a settlement that nobody can pay panics rhala: it is undone and banned, its trace is told, and blocks go on", async t => {
    const network = await rehearsedNetwork(text, {
      names: ["Alice"],
      hasTools: true,
      change: {seal: {kind: "manual"}},
    });
    t.after(() => network.stop());
    const {node, log} = network.nodes[0]!;
    const tools = node.timeTools!;
    const url = `ws://127.0.0.1:${node.rpc.port}`;

    // A worker in a pool whose earnings come from an account that has nothing, and a gatekeeper whose secret is known.
    unwrap(
      await tools.dispatch({
        origin: {signed: bytesToHex(alice.publicKey)},
        call: {call: "PhalaStakePoolv2.create"},
      }),
    );
    const changes = unwrap(
      tools.namedValues({
        PhalaStakePoolv2: {WorkerAssignments: [[[bytesToHex(WORKER)], "0"]]},
        PhalaRegistry: {GatekeeperMasterPubkey: bytesToHex(alice.publicKey)},
      }),
    );
    unwrap(await tools.overrideState(changes));
    const message = concatBytes(Uint8Array.of(5), encode(bytes, TOPIC), encode(bytes, settlement));
    const signature = alice.sign(concatBytes(message, encode(u64, 0n)));

    const {state} = node.chain.head;
    const runtime = unwrap(node.chain.runtimeOf(state));
    const host = {state: new Overlay(state), verifySignature: () => false};
    const description = unwrap(describeRuntime(runtime, host));
    const settle = unwrap(
      callFromJson(description, "PhalaMq.sync_offchain_message", {
        signed_message: {
          message: {
            sender: "Gatekeeper",
            destination: bytesToHex(TOPIC),
            payload: bytesToHex(settlement),
          },
          sequence: "0",
          signature: bytesToHex(signature),
        },
      }),
    );
    const {specVersion, transactionVersion} = runtime.version;
    const reader = new StateReader(description, state, hashing);
    const {nonce} = reader.read("System.Account", [alice.publicKey]) as {nonce: number};
    const extrinsic = unwrap(
      signExtrinsic(
        description,
        settle,
        signerOf(alice, hashing),
        {nonce, genesisHash: node.chain.genesisHash, specVersion, transactionVersion},
        hashing,
      ),
    );
    await rpc(url, "author_submitExtrinsic", [bytesToHex(extrinsic)]);
    const before = node.chain.head;
    const {number, hash} = unwrap(await tools.makeBlock());
    assert.equal(number, before.header.number + 1);
    assert.ok(
      node.chain.body(hash)!.every(each => bytesToHex(each) !== bytesToHex(extrinsic)),
      "it is in no block",
    );
    assert.deepEqual(await rpc(url, "author_pendingExtrinsics", []), []);
    const banned = await failRpc(url, "author_submitExtrinsic", [bytesToHex(extrinsic)]);
    assert.equal(banned.code, 1_012);
    const after = new StateReader(description, node.chain.head.state, hashing);
    assert.equal((after.read("System.Account", [alice.publicKey]) as {nonce: number}).nonce, nonce);
    const checked = await rpc<{verdict: string}>(url, "khala_checkBlock", [bytesToHex(hash)]);
    assert.equal(checked.verdict, "valid");
    assert.match(log.join("\n"), /set aside .*this should not happen.*InsufficientBalance/);
    const [trace] = network.traps;
    assert.match(trace!, /PhalaMq\.sync_offchain_message/);
    assert.match(trace!, /stake_pool_v2\.rs/);
    assert.equal(unwrap(await tools.makeBlock()).number, number + 1);
  });

  test("in a test the same is refused at once, with the file and line of the panic and the runtime's stack", async () => {
    await using chain = await startChain({chain: text});
    await chain.dispatch({signed: "alice"}, call("PhalaStakePoolv2.create"));
    await chain.set({
      PhalaStakePoolv2: {WorkerAssignments: [[[bytesToHex(WORKER)], "0"]]},
      PhalaRegistry: {GatekeeperMasterPubkey: bytesToHex(alice.publicKey)},
    });
    const message = concatBytes(Uint8Array.of(5), encode(bytes, TOPIC), encode(bytes, settlement));
    const signed = {
      message: {sender: {type: "Gatekeeper"}, destination: TOPIC, payload: settlement},
      sequence: 0n,
      signature: alice.sign(concatBytes(message, encode(u64, 0n))),
    };
    await assert.rejects(
      chain.submit("alice", call("PhalaMq.sync_offchain_message", {signedMessage: signed})),
      ({message: words}: Error) => {
        assert.match(
          words,
          /is in no block, and will be in none: it is invalid\n\n✗ PhalaMq\.sync_offchain_message by alice \(in no block\)/,
        );
        assert.match(
          words,
          /\n {2}panic\n.*panicked at .*InsufficientBalance.*stake_pool_v2\.rs:\d+:\d+/,
        );
        assert.match(words, /\n +stack +.* < /);
        return true;
      },
    );
  });
}
